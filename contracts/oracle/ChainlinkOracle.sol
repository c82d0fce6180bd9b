// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAggregatorV3} from "../interfaces/IAggregatorV3.sol";
import {IPriceOracle} from "../interfaces/IPriceOracle.sol";

/// @title ChainlinkOracle
/// @notice Price of a collateral in the asset from one feed in Chainlink's interface. The feed's quote currency stands
/// for the asset (a dollar feed for a dollar asset).
contract ChainlinkOracle is IPriceOracle {
    IAggregatorV3 public immutable feed;
    /// @notice Oldest answer that counts, seconds.
    uint256 public immutable maxAge;
    /// @notice What an answer is multiplied with, so that collateral units times price over 1e36 are asset units.
    uint256 public immutable scaleFactor;

    error MaxAgeOutOfRange(uint256 maxAge);
    error DecimalsOutOfRange();
    error PriceNotPositive(int256 answer);
    error PriceStale(uint256 updatedAt, uint256 maxAge);
    error PriceInFuture(uint256 updatedAt);
    error RoundIncomplete(uint80 roundId, uint80 answeredInRound);

    /// @param maxAge_ One minute to 72 hours.
    constructor(IAggregatorV3 feed_, uint8 collateralDecimals, uint8 assetDecimals, uint256 maxAge_) {
        if (maxAge_ < 1 minutes || maxAge_ > 72 hours) revert MaxAgeOutOfRange(maxAge_);
        uint8 feedDecimals = feed_.decimals();
        if (feedDecimals > 18 || collateralDecimals > 18 || assetDecimals > 18) revert DecimalsOutOfRange();
        feed = feed_;
        maxAge = maxAge_;
        scaleFactor = 10 ** (36 + assetDecimals - collateralDecimals - feedDecimals);
    }

    /// @inheritdoc IPriceOracle
    function price() external view returns (uint256) {
        (uint80 roundId, int256 answer,, uint256 updatedAt, uint80 answeredInRound) = feed.latestRoundData();
        if (answer <= 0) revert PriceNotPositive(answer);
        if (updatedAt == 0 || answeredInRound < roundId) revert RoundIncomplete(roundId, answeredInRound);
        if (updatedAt > block.timestamp) revert PriceInFuture(updatedAt);
        if (block.timestamp - updatedAt > maxAge) revert PriceStale(updatedAt, maxAge);
        return uint256(answer) * scaleFactor;
    }
}
