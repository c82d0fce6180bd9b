// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @dev 1.0 for prices, factors and rates.
uint256 constant WAD = 1e18;
/// @dev 1.0 for indices.
uint256 constant RAY = 1e27;
/// @dev Every lane amount is in shared decimals, the unit in which OFTs travel.
uint8 constant SHARED_DECIMALS = 6;

/// @title FixedPoint
/// @notice Multiplication and division with the direction of rounding in the name. Operands must keep `x * y` below
/// 2^256; every caller states why it does.
library FixedPoint {
    /// @return z floor(x * y / d)
    function mulDivDown(uint256 x, uint256 y, uint256 d) internal pure returns (uint256 z) {
        z = (x * y) / d;
    }

    /// @return z ceil(x * y / d)
    function mulDivUp(uint256 x, uint256 y, uint256 d) internal pure returns (uint256 z) {
        z = (x * y + (d - 1)) / d;
    }

    /// @return z max(x - y, 0)
    function zeroFloorSub(uint256 x, uint256 y) internal pure returns (uint256 z) {
        assembly ("memory-safe") {
            z := mul(gt(x, y), sub(x, y))
        }
    }

    function min(uint256 x, uint256 y) internal pure returns (uint256) {
        return x < y ? x : y;
    }

    /// @return z max(x, 0)
    function positivePart(int256 x) internal pure returns (uint256 z) {
        assembly ("memory-safe") {
            z := mul(sgt(x, 0), x)
        }
    }

    /// @return z max(-x, 0)
    function negativePart(int256 x) internal pure returns (uint256 z) {
        assembly ("memory-safe") {
            z := mul(slt(x, 0), sub(0, x))
        }
    }

    /// @notice Growth of continuously compounded interest, e^(rate * time) - 1, by its first three Taylor terms (the
    /// approximation that Morpho Blue uses; it stays below the exact value).
    /// @param rate WAD per second.
    /// @param time Seconds.
    /// @return growth WAD.
    function compoundedDown(uint256 rate, uint256 time) internal pure returns (uint256 growth) {
        uint256 first = rate * time;
        uint256 second = (first * first) / (2 * WAD);
        uint256 third = (second * first) / (3 * WAD);
        growth = first + second + third;
    }
}
