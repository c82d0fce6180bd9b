// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title IRateModel
/// @notice Sets the borrow rate from how much of a vault is lent out.
interface IRateModel {
    /// @param loans Lent amount, asset units.
    /// @param cash Cash of the vault, reserved cash included, asset units.
    /// @return ratePerSecond Interest on loans, WAD per second.
    function borrowRate(uint256 loans, uint256 cash) external view returns (uint256 ratePerSecond);
}
