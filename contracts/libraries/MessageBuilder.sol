// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Order} from "../interfaces/ILaneRouter.sol";
import {Report} from "../interfaces/IVault.sol";
import {Float24, FloatCodec} from "./Float.sol";
import {MessageCodec, Statement} from "./MessageCodec.sol";
import {PackedLane} from "./PackedLane.sol";

/// @title MessageBuilder
/// @notice Puts a message together from a lane and its vault's report.
library MessageBuilder {
    function message(PackedLane memory l, Report memory r, Order[] memory orders) internal view returns (bytes memory) {
        Statement memory s;
        s.sums = (l.railOut() << 192) | (l.railIn() << 128) | (l.ordered() << 64) | l.paid();
        s.credits = (l.charged() << 192) | (l.earned() << 128) | (l.granted() << 64) | l.returned();
        s.sizes = (_float(r.cash) << 232) | (_float(r.loans) << 208) | (_float(r.owed) << 184)
            | (_float(r.equity) << 160) | (_float(r.gross) << 136) | (_float(r.free) << 112)
            | (_float(r.averageLoans) << 88) | (_float(r.averageFree) << 64) | (_float(r.supplyRate) << 40)
            | (r.coverage << 24) | Float24.unwrap(l.cap());
        s.tail = (uint256(Float24.unwrap(l.creditTarget())) << 40) | uint32(block.timestamp);
        return MessageCodec.encode(s, orders);
    }

    function _float(uint256 value) private pure returns (uint256) {
        return Float24.unwrap(FloatCodec.toFloat24Saturating(value));
    }

    /// @notice A list of one order without payload.
    function single(address recipient, uint64 gross, uint64 fee) internal pure returns (Order[] memory orders) {
        orders = new Order[](1);
        orders[0] = Order(recipient, gross, fee, "");
    }
}
