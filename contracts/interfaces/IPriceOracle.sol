// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title IPriceOracle
/// @notice Prices one collateral in the market's asset.
interface IPriceOracle {
    /// @notice Value of one unit of collateral in units of the asset, scaled by 1e36; reverts rather than answer
    /// with a price that is not to be trusted.
    function price() external view returns (uint256);
}
