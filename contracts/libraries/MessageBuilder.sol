// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Lane, Order} from "../interfaces/ILaneRouter.sol";
import {Report} from "../interfaces/IVault.sol";
import {FloatCodec} from "./Float.sol";
import {MessageCodec, Statement} from "./MessageCodec.sol";

/// @title MessageBuilder
/// @notice Puts a message together from a lane and its vault's report.
library MessageBuilder {
    function message(Lane memory l, Report memory r, Order[] memory orders) internal view returns (bytes memory) {
        Statement memory s;
        s.railOut = l.railOut;
        s.railIn = l.railIn;
        s.ordered = l.ordered;
        s.paid = l.paid;
        s.charged = l.charged;
        s.earned = l.earned;
        s.granted = l.granted;
        s.returned = l.returned;
        s.cash = FloatCodec.toFloat24Saturating(r.cash);
        s.loans = FloatCodec.toFloat24Saturating(r.loans);
        s.owed = FloatCodec.toFloat24Saturating(r.owed);
        s.equity = FloatCodec.toFloat24Saturating(r.equity);
        s.gross = FloatCodec.toFloat24Saturating(r.gross);
        s.free = FloatCodec.toFloat24Saturating(r.free);
        s.averageLoans = FloatCodec.toFloat24Saturating(r.averageLoans);
        s.averageFree = FloatCodec.toFloat24Saturating(r.averageFree);
        s.supplyRate = FloatCodec.toFloat24Saturating(r.supplyRate);
        s.coverage = uint16(r.coverage);
        s.cap = l.cap;
        s.creditTarget = l.creditTarget;
        s.time = uint32(block.timestamp);
        return MessageCodec.encode(s, orders);
    }

    /// @notice A list of one order without payload.
    function single(address recipient, uint64 gross, uint64 fee) internal pure returns (Order[] memory orders) {
        orders = new Order[](1);
        orders[0] = Order(recipient, gross, fee, "");
    }
}
