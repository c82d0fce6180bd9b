// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Booking} from "../interfaces/IVault.sol";
import {FixedPoint, RAY, WAD} from "./FixedPoint.sol";
import {Float24} from "./Float.sol";
import {Statement} from "./MessageCodec.sol";
import {PackedLane} from "./PackedLane.sol";
import {BASIS_POINTS, DEBT_SCALE, VaultLedger} from "./VaultLedger.sol";

/// @notice What a lane adds to its vault's running totals.
struct LaneTotals {
    uint256 reserved;
    uint256 claim;
    uint256 claimValue;
    uint256 debt;
    uint256 scaledDebt;
}

/// @title LaneLedger
/// @notice The bilateral account of a lane as pure functions on its eight counters. See docs/architecture.md.
library LaneLedger {
    using SafeCast for uint256;
    using FixedPoint for uint256;
    using FixedPoint for int256;

    /// @dev Interest that waits longer than this does not widen the allowance further.
    uint256 private constant ALLOWANCE_WINDOW = 1 days;
    /// @dev The allowance counts at least this part of the lane's cap as claim, so that interest on a claim that has just
    /// been settled can still be accepted.
    uint256 private constant ALLOWANCE_FLOOR = 16;

    // ------------------------------------------------------------------------------------------------- reading

    /// @notice What the other vault owes (negative: what is owed to it), shared decimals. Signed, because a settlement may
    /// overtake the payout that it settles.
    function position(PackedLane memory l) internal pure returns (int256) {
        unchecked {
            // Six 64-bit numbers.
            return int256(l.railOut() + l.paid() + l.earned()) - int256(l.railIn() + l.ordered() + l.charged());
        }
    }

    /// @notice Credit here that the other vault granted and this one has neither spent nor given back.
    function credit(PackedLane memory l) internal pure returns (uint256) {
        return l.remoteGranted().zeroFloorSub(l.ordered() + l.returned());
    }

    /// @notice Cash that this vault keeps for the other one's orders.
    function reserved(PackedLane memory l) internal pure returns (uint256) {
        return l.granted().zeroFloorSub(l.paid() + l.remoteReturned());
    }

    /// @notice Value on its way to the other vault, never understated.
    function inFlight(PackedLane memory l) internal pure returns (uint256) {
        return l.railOut().zeroFloorSub(l.remoteRailIn());
    }

    /// @notice How much the claim may still grow: I4, max(0, position) + reserved ≤ cap.
    function claimRoom(PackedLane memory l) internal pure returns (uint256) {
        uint256 room = l.cap().decode().zeroFloorSub(reserved(l));
        int256 p = position(l);
        return p > 0 ? room.zeroFloorSub(uint256(p)) : room + uint256(-p);
    }

    function totals(PackedLane memory l) internal pure returns (LaneTotals memory t) {
        int256 p = position(l);
        t.reserved = reserved(l);
        t.claim = p.positivePart();
        t.claimValue = t.claim * l.coverage() / BASIS_POINTS;
        t.debt = p.negativePart();
        t.scaledDebt = l.scaledDebt();
    }

    /// @notice The change of the vault's running totals from `before` to what the lane says now.
    function bookingSince(PackedLane memory l, LaneTotals memory before) internal pure returns (Booking memory change) {
        LaneTotals memory t = totals(l);
        unchecked {
            // Every total is below 2^128.
            change.reserved = int256(t.reserved) - int256(before.reserved);
            change.claimsFace = int256(t.claim) - int256(before.claim);
            change.claimsValue = int256(t.claimValue) - int256(before.claimValue);
            change.scaledDebt = int256(t.scaledDebt) - int256(before.scaledDebt);
        }
    }

    /// @notice What the lane added to the vault's equity since `before`, if anything. Such gains are lumpy, so they enter
    /// the share price only over time (I5); losses act at once.
    /// @param cashIn Cash that came with the change, shared decimals.
    function gainSince(PackedLane memory l, LaneTotals memory before, uint256 cashIn) internal pure returns (int256) {
        LaneTotals memory t = totals(l);
        return int256((t.claimValue + before.debt + cashIn).zeroFloorSub(before.claimValue + t.debt));
    }

    // ------------------------------------------------------------------------------------------------- changing

    /// @notice Charges the interest that this vault owes on the lane, up to the debt index.
    function charge(PackedLane memory l, uint256 debtIndex) internal pure {
        if (l.scaledDebt() == 0) return;
        uint256 owed = VaultLedger.owedAt(l.scaledDebt(), debtIndex);
        uint256 debt = position(l).negativePart();
        if (owed > debt) l.setCharged(l.charged() + owed - debt);
    }

    /// @notice Orders a payout at the other vault.
    function order(PackedLane memory l, uint256 gross, uint256 debtIndex) internal pure {
        int256 before = position(l);
        l.setOrdered(l.ordered() + gross);
        _rescale(l, before, debtIndex);
    }

    /// @notice Counts a payout that was made for the other vault.
    function pay(PackedLane memory l, uint256 gross, uint256 fee, uint256 debtIndex) internal pure {
        int256 before = position(l);
        l.setPaid(l.paid() + gross);
        l.setPot(l.pot() + fee);
        _rescale(l, before, debtIndex);
    }

    /// @notice Counts value that leaves over a rail.
    function sendRail(PackedLane memory l, uint256 amount, uint256 debtIndex) internal pure {
        int256 before = position(l);
        l.setRailOut(l.railOut() + amount);
        _rescale(l, before, debtIndex);
    }

    /// @notice Counts value that came over a rail.
    function receiveRail(PackedLane memory l, uint256 amount, uint256 debtIndex) internal pure {
        int256 before = position(l);
        l.setRailIn(l.railIn() + amount);
        _rescale(l, before, debtIndex);
    }

    /// @notice Takes the other side's newest statement. Its numbers replace the old ones, whether larger or smaller: one
    /// false number must not stick. Two are bounded by what this side knows better, which costs an honest peer nothing:
    /// credit that was spent by orders that this side never sent is gone, and a reserve that a false return has freed
    /// comes back only as far as there is cash (I3, I7).
    /// @param flags The statement's, with what the receiver concluded from it.
    /// @param freeCash Cash that may be reserved, shared decimals; asked for only when `reserveRise` is not zero.
    function accept(
        PackedLane memory l,
        Statement memory s,
        uint256 nonce,
        uint256 timestamp,
        uint256 flags,
        uint256 freeCash
    ) internal pure {
        uint256 granted = s.granted().zeroFloorSub(s.paid().zeroFloorSub(l.ordered()));
        uint256 returned = s.returned() + reserveRise(l, s).zeroFloorSub(freeCash);
        l.remoteCounters = s.railIn() | (granted << 64) | (returned << 128) | (s.charged() << 192);
        l.remoteView = _bits(s.free()) | (_bits(s.loans()) << 24) | (_bits(s.averageFree()) << 48)
            | (_bits(s.averageLoans()) << 72) | (s.time().min(timestamp) << 96)
            | (s.coverage().min(BASIS_POINTS) << 128) | (flags << 144) | (_bits(s.creditTarget()) << 152)
            | (_bits(s.cap()) << 176) | (_bits(s.supplyRate()) << 200) | (uint256(nonce.toUint32()) << 224);
    }

    /// @notice By how much the statement would lift the reserve. An honest peer's `returned` never falls, so this is zero
    /// unless a false one came before.
    function reserveRise(PackedLane memory l, Statement memory s) internal pure returns (uint256) {
        uint256 kept = l.granted().zeroFloorSub(l.paid() + s.returned());
        return kept.zeroFloorSub(reserved(l));
    }

    function _bits(Float24 value) private pure returns (uint256) {
        return Float24.unwrap(value);
    }

    /// @notice Interest that may be accepted now: what was charged and not yet accepted, within the room under the cap and
    /// an allowance that fills at `maxRate` on the claim.
    /// @param maxRate WAD per second.
    /// @return amount Shared decimals.
    /// @return allowance Shared decimals.
    function acceptableInterest(PackedLane memory l, uint256 timestamp, uint256 maxRate)
        internal
        pure
        returns (uint256 amount, uint256 allowance)
    {
        amount = l.remoteCharged().zeroFloorSub(l.earned());
        if (amount == 0) return (0, 0);
        uint256 claim = position(l).positivePart();
        uint256 base = claim > l.cap().decode() / ALLOWANCE_FLOOR ? claim : l.cap().decode() / ALLOWANCE_FLOOR;
        allowance = base.mulDivDown(maxRate * _allowanceTime(l, timestamp), WAD);
        amount = amount.min(allowance).min(claimRoom(l));
    }

    /// @notice Accepts interest. The allowance moves on by the share of it that was used.
    function earn(PackedLane memory l, uint256 amount, uint256 allowance, uint256 timestamp, uint256 debtIndex)
        internal
        pure
    {
        int256 before = position(l);
        l.setEarned(l.earned() + amount);
        _rescale(l, before, debtIndex);
        uint256 unused = _allowanceTime(l, timestamp) * (allowance - amount) / allowance;
        l.setAcceptedAt(timestamp - unused);
    }

    function _allowanceTime(PackedLane memory l, uint256 timestamp) private pure returns (uint256) {
        return timestamp.zeroFloorSub(l.acceptedAt()).min(ALLOWANCE_WINDOW);
    }

    /// @dev Moves the scaled debt by what the debt changed by. It is never computed anew from the position, whose interest
    /// lags. Rounding here is by less than 1e-18 units and downward; `owedAt` rounds up to whole units, so the debt is
    /// exact to the unit.
    function _rescale(PackedLane memory l, int256 before, uint256 debtIndex) private pure {
        uint256 debtBefore = before.negativePart();
        uint256 debtAfter = position(l).negativePart();
        if (debtAfter == debtBefore) return;
        if (debtAfter == 0) {
            l.setScaledDebt(0);
        } else if (debtAfter > debtBefore) {
            l.setScaledDebt(l.scaledDebt() + ((debtAfter - debtBefore) * DEBT_SCALE).mulDivDown(RAY, debtIndex));
        } else {
            uint256 less = ((debtBefore - debtAfter) * DEBT_SCALE).mulDivUp(RAY, debtIndex);
            l.setScaledDebt(l.scaledDebt().zeroFloorSub(less));
        }
    }
}
