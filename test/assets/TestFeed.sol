// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice Price feed with the interface of Chainlink's AggregatorV3Interface; anyone may set anything.
contract TestFeed {
    uint8 public immutable decimals;
    string public description;
    uint256 public constant version = 4;

    uint80 private _roundId;
    uint80 private _answeredInRound;
    int256 private _answer;
    uint256 private _startedAt;
    uint256 private _updatedAt;

    /// @notice When true, every round reads as updated in the current block: a feed that is kept fresh by its keepers.
    bool public alwaysFresh;

    event AnswerUpdated(int256 indexed current, uint256 indexed roundId, uint256 updatedAt);

    constructor(uint8 decimals_, string memory description_, int256 answer_) {
        decimals = decimals_;
        description = description_;
        setAnswer(answer_);
    }

    /// @notice Starts a new round, updated now.
    function setAnswer(int256 answer_) public {
        uint80 next = _roundId + 1;
        setRound(next, answer_, block.timestamp, block.timestamp, next);
    }

    /// @notice Moves the newest round's time, to make the feed stale or ahead of the clock.
    function setUpdatedAt(uint256 updatedAt_) external {
        _updatedAt = updatedAt_;
    }

    function setAlwaysFresh(bool alwaysFresh_) external {
        alwaysFresh = alwaysFresh_;
    }

    /// @notice Sets the whole newest round, impossible values included.
    function setRound(uint80 roundId_, int256 answer_, uint256 startedAt_, uint256 updatedAt_, uint80 answeredInRound_)
        public
    {
        _roundId = roundId_;
        _answer = answer_;
        _startedAt = startedAt_;
        _updatedAt = updatedAt_;
        _answeredInRound = answeredInRound_;
        emit AnswerUpdated(answer_, roundId_, updatedAt_);
    }

    function latestRoundData()
        public
        view
        returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)
    {
        return (_roundId, _answer, _startedAt, alwaysFresh ? block.timestamp : _updatedAt, _answeredInRound);
    }

    /// @dev Only the newest round is kept.
    function getRoundData(uint80 roundId_)
        external
        view
        returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)
    {
        require(roundId_ == _roundId, "No data present");
        return latestRoundData();
    }
}
