// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";

import {IRateModel} from "./IRateModel.sol";

/// @notice Changes to the vault's running totals that follow from one change of a lane. Shared decimals, except
/// `scaledDebt` (shared units times 1e18, over the debt index).
/// @param cash Tokens that came in (+) with the call; payments out have calls of their own.
/// @param reserved Cash set aside for the creditors' credit.
/// @param unvested Income that has arrived and not yet entered the share price.
/// @param setAside Protocol reserves and fee pots.
/// @param claimsFace What other vaults owe this one.
/// @param claimsValue The same at what their debtors can cover.
/// @param scaledDebt What this vault owes to others.
struct Booking {
    int256 cash;
    int256 reserved;
    int256 unvested;
    int256 setAside;
    int256 claimsFace;
    int256 claimsValue;
    int256 scaledDebt;
}

/// @notice One payment to a recipient of a cross-chain transfer, net of fees, shared decimals.
struct Payout {
    address recipient;
    uint64 amount;
}

/// @notice The vault's condition as its statements tell it, accrued to now. Shared decimals unless said.
/// @param cash All cash, reserved cash included.
/// @param free Cash that is not reserved.
/// @param loans What borrowers owe.
/// @param owed What is owed to other vaults.
/// @param equity The suppliers' assets.
/// @param gross Cash, loans and the value of claims.
/// @param averageLoans Exponential average of `loans`.
/// @param averageFree Exponential average of `free`.
/// @param supplyRate What a unit of gross assets earns, WAD per second.
/// @param coverage Share of `owed` that gross assets cover, basis points, at most 10,000.
/// @param debtIndex Index of what is owed to other vaults, RAY.
struct Report {
    uint256 cash;
    uint256 free;
    uint256 loans;
    uint256 owed;
    uint256 equity;
    uint256 gross;
    uint256 averageLoans;
    uint256 averageFree;
    uint256 supplyRate;
    uint256 coverage;
    uint256 debtIndex;
}

/// @notice The vault's own numbers, as stored.
/// @param loanIndex Growth of loans since deployment, RAY.
/// @param debtIndex Growth of debts to other vaults since deployment, RAY.
/// @param lastAccrual Unix seconds.
/// @param rate Borrow rate that holds since then, a Float16 of WAD per second.
/// @param scaledLoans Loans over the loan index, asset units.
/// @param averageLoans, averageFree In units of 1,024 shared units.
/// @param setAside Protocol reserves and fee pots, shared decimals; inside cash, outside equity.
/// @param cash Tokens that the vault accounts for, asset units.
/// @param reserved Part of cash that backs credit, shared decimals.
/// @param unvested Income not yet in the share price, shared decimals; inside assets, outside equity.
/// @param claimsValue, claimsFace What other vaults owe, shared decimals.
/// @param scaledDebt What is owed to other vaults, shared units times 1e18 over the debt index.
struct Books {
    uint104 loanIndex;
    uint104 debtIndex;
    uint32 lastAccrual;
    uint16 rate;
    // --- slot
    uint104 scaledLoans;
    uint48 averageLoans;
    uint48 averageFree;
    uint56 setAside;
    // --- slot
    uint104 cash;
    uint64 reserved;
    uint64 unvested;
    // --- slot
    uint64 claimsValue;
    uint64 claimsFace;
    uint128 scaledDebt;
}

/// @title IVault
/// @notice Custody and shares of one asset on one chain: an ERC-4626 vault whose cash is lent by the CreditMarket and
/// moved between chains by the LaneRouter.
interface IVault is IERC4626 {
    /// @notice A transfer's recipient refused the token: the cash waits for them, shared decimals.
    event Parked(address indexed beneficiary, uint256 amount);
    /// @notice Parked cash was collected, shared decimals.
    event Collected(address indexed beneficiary, address indexed to, uint256 amount);
    error OnlyMarket(address caller);
    error OnlyRouter(address caller);
    error AssetDecimalsOutOfRange(uint8 decimals);
    error ParameterOutOfRange(bytes32 parameter, uint256 value);
    /// @notice The call would leave less cash than is reserved. Asset units.
    error InsufficientFreeCash(uint256 requested, uint256 available);
    /// @notice The call would break into cash that backs credit. Asset units.
    error CashBelowReserved(uint256 cash, uint256 reserved);
    error NothingParked(address beneficiary);
    /// @notice Nothing would change hands: the amount is zero, or too small for the other side of the exchange.
    error ZeroAmount();

    function market() external view returns (address);
    function router() external view returns (address);
    function rateModel() external view returns (IRateModel);
    /// @notice Asset units in one shared unit: 10^(decimals - 6).
    function scale() external view returns (uint256);
    /// @notice Share of interest that is set aside for the protocol, WAD.
    function reserveFactor() external view returns (uint256);
    /// @notice Most that may be owed to other vaults per unit of the suppliers' equity, WAD.
    function leverageLimit() external view returns (uint256);
    /// @notice Time constant of the averages, seconds.
    function averagingPeriod() external view returns (uint256);
    /// @notice Time over which lumpy income enters the share price, seconds.
    function vestingPeriod() external view returns (uint256);

    /// @notice Adds interest up to now; open to anyone.
    function accrue() external returns (uint256 loanIndex, uint256 debtIndex);
    /// @notice The stored numbers, accrued to now.
    function books() external view returns (Books memory);
    function report() external view returns (Report memory);
    /// @notice Loans accrued to now, asset units, rounded down.
    function totalLoans() external view returns (uint256);
    /// @notice Cash that may be withdrawn or lent, asset units.
    function freeCash() external view returns (uint256);
    /// @notice Borrow rate in force, WAD per second.
    function borrowRate() external view returns (uint256);
    /// @notice Payouts that `beneficiary`'s address refused, shared decimals.
    function parked(address beneficiary) external view returns (uint256);
    /// @notice All parked payouts, shared decimals; held beside cash.
    function totalParked() external view returns (uint256);

    /// @notice Sends the caller's parked payouts to an address of their choice.
    function collect(address to) external returns (uint256 amount);

    /// @notice Market only: lends free cash. The debt is `assets` over the loan index, rounded up.
    function lend(uint256 assets, address receiver) external;
    /// @notice Market only: books a repayment whose tokens the market has sent here.
    /// @param scaled What the borrower's scaled debt fell by.
    function bookRepayment(uint256 assets, uint256 scaled) external;

    /// @notice Router only: changes the running totals.
    function book(Booking calldata change) external returns (Report memory);
    /// @notice Router only: changes the running totals and pays; a payment that the token refuses is parked.
    function pay(Booking calldata change, Payout[] calldata payouts) external;
    /// @notice Router only: changes the running totals and hands cash to a rail, shared decimals.
    function release(Booking calldata change, address rail, uint256 amount) external;
}
