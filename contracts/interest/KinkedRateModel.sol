// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IRateModel} from "../interfaces/IRateModel.sol";
import {WAD} from "../libraries/FixedPoint.sol";

/// @title KinkedRateModel
/// @notice Two straight lines that meet at the optimal utilization: gentle below it, steep above.
contract KinkedRateModel is IRateModel {
    uint256 private constant SECONDS_PER_YEAR = 365 days;
    /// @dev A year of interest above this is a typing error, not a market.
    uint256 private constant MAX_RATE_PER_YEAR = 100 * WAD;

    /// @notice Rate at zero utilization, WAD per year.
    uint256 public immutable baseRate;
    /// @notice What the rate gains from zero to the optimum, WAD per year.
    uint256 public immutable slopeBelow;
    /// @notice What the rate gains from the optimum to full utilization, WAD per year.
    uint256 public immutable slopeAbove;
    /// @notice Utilization at which the lines meet, WAD.
    uint256 public immutable optimalUtilization;

    error OptimalUtilizationOutOfRange(uint256 optimalUtilization);
    error RateTooHigh(uint256 maxRatePerYear);

    constructor(uint256 baseRate_, uint256 slopeBelow_, uint256 slopeAbove_, uint256 optimalUtilization_) {
        if (optimalUtilization_ == 0 || optimalUtilization_ >= WAD) {
            revert OptimalUtilizationOutOfRange(optimalUtilization_);
        }
        uint256 highest = baseRate_ + slopeBelow_ + slopeAbove_;
        if (highest > MAX_RATE_PER_YEAR) revert RateTooHigh(highest);
        baseRate = baseRate_;
        slopeBelow = slopeBelow_;
        slopeAbove = slopeAbove_;
        optimalUtilization = optimalUtilization_;
    }

    /// @inheritdoc IRateModel
    function borrowRate(uint256 loans, uint256 cash) external view returns (uint256 ratePerSecond) {
        uint256 utilization = loans == 0 ? 0 : loans * WAD / (loans + cash);
        uint256 perYear = utilization <= optimalUtilization
            ? baseRate + slopeBelow * utilization / optimalUtilization
            : baseRate + slopeBelow + slopeAbove * (utilization - optimalUtilization) / (WAD - optimalUtilization);
        ratePerSecond = perYear / SECONDS_PER_YEAR;
    }
}
