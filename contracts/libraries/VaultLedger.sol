// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Booking, Books, Report} from "../interfaces/IVault.sol";
import {FixedPoint, RAY, WAD} from "./FixedPoint.sol";
import {Float16} from "./Float.sol";

/// @dev A debt's scaled amount is in shared units times this, so that an index can grow by parts of a unit.
uint256 constant DEBT_SCALE = 1e18;
/// @dev Averages are stored in units of this many shared units.
uint256 constant AVERAGE_UNIT = 1 << 10;
uint256 constant BASIS_POINTS = 10_000;

/// @notice What is fixed about a vault, for the pure functions below.
struct VaultTerms {
    uint256 scale;
    uint256 reserveFactor;
    uint256 averagingPeriod;
    uint256 vestingPeriod;
}

/// @title VaultLedger
/// @notice The vault's arithmetic as pure functions on its books. Every bucket of the vault's assets:
///
/// | bucket      | inside cash | inside equity |
/// | ----------- | ----------- | ------------- |
/// | cash        | yes         | yes           |
/// | reserved    | yes         | yes           |
/// | set aside   | yes         | no            |
/// | unvested    | no: income in whatever form it came | no |
/// | loans       | no          | yes           |
/// | claims      | no          | yes, at value |
/// | owed        | –           | minus         |
/// | parked      | no: beside  | no            |
library VaultLedger {
    /// @notice A running total would fall below zero or outgrow its width.
    error BookingOverflow();

    using FixedPoint for uint256;
    using FixedPoint for int256;

    /// @notice Adds interest, moves the averages and lets unvested income drip, up to `timestamp`.
    /// @dev Loans earn the rate that was set when the books last changed. Other vaults' claims grow by what a unit of
    /// gross assets earned (I9: never more than the assets earn, while the vault is solvent).
    function accrue(Books memory b, uint256 timestamp, VaultTerms memory terms) internal pure {
        // A node may simulate a call at a time before its newest block: then nothing has happened yet.
        if (timestamp <= b.lastAccrual) return;
        uint256 elapsed = timestamp - b.lastAccrual;
        uint256 loans = loansOf(b);
        _average(b, loans, elapsed, terms);
        if (loans != 0) {
            uint256 growth = FixedPoint.compoundedDown(Float16.wrap(b.rate).decode(), elapsed);
            // A full index stops growing rather than stop the vault.
            uint256 index = uint256(b.loanIndex).mulDivDown(WAD + growth, WAD).min(type(uint104).max);
            uint256 interest = uint256(b.scaledLoans).mulDivDown(index, RAY) - loans;
            uint256 toReserves = interest.mulDivDown(terms.reserveFactor, WAD) / terms.scale;
            if (b.scaledDebt != 0) {
                uint256 gross = b.cash + loans + b.claimsValue * terms.scale;
                if (equityOf(b, loans, terms.scale) != 0) {
                    uint256 toAssets = interest - interest.mulDivUp(terms.reserveFactor, WAD);
                    b.debtIndex = uint104(
                        (b.debtIndex + uint256(b.debtIndex).mulDivDown(toAssets, gross)).min(type(uint104).max)
                    );
                }
            }
            b.loanIndex = uint104(index);
            b.setAside = uint56((b.setAside + toReserves).min(type(uint56).max));
        }
        if (b.unvested != 0) {
            b.unvested -= uint64(uint256(b.unvested) * elapsed.min(terms.vestingPeriod) / terms.vestingPeriod);
        }
        b.lastAccrual = uint32(timestamp);
    }

    /// @notice Adds a change to cash, reserve and the lanes' totals.
    /// @param cash Change of cash, shared decimals.
    function addBalances(Books memory b, Booking calldata change, int256 cash, uint256 scale) internal pure {
        b.cash = uint104(_add(b.cash, cash * int256(scale), type(uint104).max));
        b.reserved = uint64(_add(b.reserved, change.reserved, type(uint64).max));
        b.unvested = uint64(_add(b.unvested, change.unvested, type(uint64).max));
        b.claimsFace = uint64(_add(b.claimsFace, change.claimsFace, type(uint64).max));
        b.claimsValue = uint64(_add(b.claimsValue, change.claimsValue, type(uint64).max));
        b.scaledDebt = uint128(_add(b.scaledDebt, change.scaledDebt, type(uint128).max));
    }

    /// @notice Adds to what is set aside.
    function addSetAside(Books memory b, int256 change) internal pure {
        b.setAside = uint56(_add(b.setAside, change, type(uint56).max));
    }

    /// @notice What borrowers owe, asset units, rounded down.
    function loansOf(Books memory b) internal pure returns (uint256) {
        return uint256(b.scaledLoans).mulDivDown(b.loanIndex, RAY);
    }

    /// @notice What is owed to other vaults, shared decimals, rounded up.
    function owedOf(Books memory b) internal pure returns (uint256) {
        return owedAt(b.scaledDebt, b.debtIndex);
    }

    /// @notice A scaled debt at an index, shared decimals, rounded up.
    /// @dev 128 bits times 104 bits.
    function owedAt(uint256 scaledDebt, uint256 debtIndex) internal pure returns (uint256) {
        return scaledDebt.mulDivUp(debtIndex, DEBT_SCALE * RAY);
    }

    /// @notice The suppliers' assets: what the vault has, less what is not theirs. Asset units, never below zero.
    function equityOf(Books memory b, uint256 loans, uint256 scale) internal pure returns (uint256) {
        uint256 assets = b.cash + loans + b.claimsValue * scale;
        return assets.zeroFloorSub((owedOf(b) + b.setAside + b.unvested) * scale);
    }

    /// @notice Cash that is not reserved, asset units.
    function freeCashOf(Books memory b, uint256 scale) internal pure returns (uint256) {
        return uint256(b.cash).zeroFloorSub(b.reserved * scale);
    }

    function reportOf(Books memory b, VaultTerms memory terms) internal pure returns (Report memory r) {
        uint256 scale = terms.scale;
        uint256 loans = loansOf(b);
        r.cash = b.cash / scale;
        r.free = freeCashOf(b, scale) / scale;
        r.loans = loans / scale;
        r.owed = owedOf(b);
        r.equity = equityOf(b, loans, scale) / scale;
        r.gross = r.cash + r.loans + b.claimsValue;
        r.averageLoans = b.averageLoans * AVERAGE_UNIT;
        r.averageFree = b.averageFree * AVERAGE_UNIT;
        if (r.gross != 0) {
            r.supplyRate = Float16.wrap(b.rate).decode() * r.loans / r.gross * (WAD - terms.reserveFactor) / WAD;
        }
        r.coverage = r.gross >= r.owed ? BASIS_POINTS : r.gross * BASIS_POINTS / r.owed;
        r.debtIndex = b.debtIndex;
    }

    /// @dev Exponential average by the implicit Euler step a' = (a·τ + x·dt)/(τ + dt): between a and x for any dt.
    /// The values have been constant since the last accrual, because whatever changes them accrues first.
    function _average(Books memory b, uint256 loans, uint256 elapsed, VaultTerms memory terms) private pure {
        uint256 unit = terms.scale * AVERAGE_UNIT;
        uint256 period = terms.averagingPeriod;
        uint256 free = freeCashOf(b, terms.scale) / unit;
        b.averageLoans = _toAverage((b.averageLoans * period + (loans / unit) * elapsed) / (period + elapsed));
        b.averageFree = _toAverage((b.averageFree * period + free * elapsed) / (period + elapsed));
    }

    /// @dev Above 288 billion of the asset an average stands still rather than stop the vault.
    function _toAverage(uint256 value) private pure returns (uint48) {
        return uint48(value.min(type(uint48).max));
    }

    function _add(uint256 value, int256 change, uint256 max) private pure returns (uint256 sum) {
        unchecked {
            sum = value + uint256(change);
        }
        // Wraps only when a decrease is larger than the value: then the sum is above any width in use here.
        require(sum <= max, BookingOverflow());
    }
}
