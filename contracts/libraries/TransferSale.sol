// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ILaneRouter, TransferQuote} from "../interfaces/ILaneRouter.sol";
import {FixedPoint} from "./FixedPoint.sol";
import {LaneLedger} from "./LaneLedger.sol";
import {LaneFlags} from "./MessageCodec.sol";
import {PackedLane} from "./PackedLane.sol";

/// @title TransferSale
/// @notice What a lane sells and at which price; the quote and the sale ask the same function.
library TransferSale {
    using FixedPoint for uint256;
    using LaneLedger for PackedLane;

    /// @notice The sale of `amount`, without LayerZero's fee; reverts where it cannot be sold.
    /// @param amount Asset units; what is below a shared unit is left with the caller.
    /// @param scale Asset units in one shared unit.
    /// @param minimum Smallest transfer, shared decimals.
    function quote(PackedLane memory l, uint32 dstEid, uint256 amount, uint256 scale, uint256 minimum)
        internal
        pure
        returns (TransferQuote memory q)
    {
        require(l.remoteFlags() & LaneFlags.FROZEN == 0, ILaneRouter.LaneFrozen(dstEid));
        uint256 gross = amount / scale;
        require(gross != 0, ILaneRouter.AmountBelowSharedUnit(amount, scale));
        require(gross <= type(uint64).max, ILaneRouter.AmountTooLarge(amount));
        require(gross >= minimum, ILaneRouter.BelowMinimumTransfer(gross, minimum));
        // Credit that the other vault set aside, as far as this one accepts it.
        uint256 available = l.credit().min(l.maxCredit().decode());
        require(gross <= available, ILaneRouter.InsufficientCredit(dstEid, gross, available));
        q.gross = uint64(gross);
        q.fee = _fee(l, gross);
        q.received = q.gross - q.fee;
        q.available = uint64(available);
    }

    /// @dev What the paying vault keeps. Transfers are free until lanes are priced.
    function _fee(PackedLane memory, uint256) private pure returns (uint64) {
        return 0;
    }
}
