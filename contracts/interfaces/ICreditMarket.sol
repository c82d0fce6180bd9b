// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IPriceOracle} from "./IPriceOracle.sol";
import {IVault} from "./IVault.sol";

/// @notice Terms of one collateral.
/// @param oracle Its price in the asset.
/// @param borrowFactor Share of its value that may be borrowed, basis points.
/// @param liquidationThreshold Share of its value at which a debt is unhealthy, basis points; above the borrow factor.
/// @param debtCeiling Most that may be borrowed against it, shared decimals.
struct Collateral {
    IPriceOracle oracle;
    uint16 borrowFactor;
    uint16 liquidationThreshold;
    uint64 debtCeiling;
}

/// @notice An account's collateral and debt.
/// @param collateral Collateral units.
/// @param scaledDebt Debt over the vault's loan index, asset units.
struct Position {
    uint128 collateral;
    uint128 scaledDebt;
}

/// @title ICreditMarket
/// @notice Borrowing of the vault's cash. A position is one account's debt against one collateral: no collateral answers
/// for debts against another.
interface ICreditMarket {
    event CollateralListed(address indexed collateral, Collateral terms);
    event CollateralSupplied(
        address indexed collateral, address indexed account, address indexed payer, uint256 amount
    );
    event CollateralWithdrawn(
        address indexed collateral, address indexed account, address indexed receiver, uint256 amount
    );
    event Borrowed(address indexed collateral, address indexed account, address indexed receiver, uint256 assets);
    event Repaid(address indexed collateral, address indexed account, address indexed payer, uint256 assets);

    error VaultMismatch(address market, address expected);
    error CollateralNotListed(address collateral);
    error CollateralNotAllowed(address collateral);
    error FactorsOutOfRange(uint16 borrowFactor, uint16 liquidationThreshold);
    error ZeroAmount();
    error ZeroAddress();
    /// @notice The collateral at its borrow factor would not cover the debt. Asset units.
    error InsufficientCollateral(uint256 debt, uint256 borrowable);
    /// @notice Debts against this collateral are at their ceiling. Asset units.
    error DebtCeilingExceeded(uint256 debt, uint256 ceiling);
    error NoDebt(address collateral, address account);
    /// @notice Debts against this collateral stand: its threshold may not be cut in one step.
    error ThresholdCut(uint16 from, uint16 to);

    function vault() external view returns (IVault);
    /// @notice Terms of a collateral; the oracle is zero when it is not listed.
    function collateralTerms(address collateral) external view returns (Collateral memory);
    function position(address collateral, address account) external view returns (Position memory);
    /// @notice All debts against a collateral over the vault's loan index, asset units.
    function totalScaledDebt(address collateral) external view returns (uint256);
    /// @notice What `account` owes against `collateral`, accrued to now, asset units, rounded up.
    function debtOf(address collateral, address account) external view returns (uint256);
    /// @notice Collateral at its liquidation threshold over debt, WAD; below 1e18 the position is unhealthy; the largest
    /// number there is without debt. Reverts without a good price.
    function healthFactor(address collateral, address account) external view returns (uint256);
    /// @notice What `account` could still borrow against `collateral` by its value alone, asset units.
    function borrowable(address collateral, address account) external view returns (uint256);

    /// @notice Owner only: lists a collateral or changes its terms.
    function listCollateral(address collateral, Collateral calldata terms) external;

    /// @notice Adds collateral for `account`, paid by the caller.
    function supplyCollateral(address collateral, uint256 amount, address account) external;
    /// @notice Takes the caller's collateral back, within the borrow factor.
    function withdrawCollateral(address collateral, uint256 amount, address receiver) external;
    /// @notice Borrows `assets` against the caller's collateral and sends them to `receiver`.
    function borrow(address collateral, uint256 assets, address receiver) external;
    /// @notice Repays up to `assets` of `account`'s debt, paid by the caller; works whatever the price feed says.
    /// @return repaid What was taken: no more than the debt.
    function repay(address collateral, uint256 assets, address account) external returns (uint256 repaid);
}
