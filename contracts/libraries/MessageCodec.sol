// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Order} from "../interfaces/ILaneRouter.sol";
import {Float24} from "./Float.sol";

/// @notice What every message says about its sender: its side of the lane's ledger and its vault's condition. A statement
/// is complete in itself, so it may be lost, repeated, late or overtaken.
struct Statement {
    uint64 railOut;
    uint64 railIn;
    uint64 ordered;
    uint64 paid;
    uint64 charged;
    uint64 earned;
    uint64 granted;
    uint64 returned;
    Float24 cash;
    Float24 loans;
    Float24 owed;
    Float24 equity;
    Float24 gross;
    Float24 free;
    Float24 averageLoans;
    Float24 averageFree;
    Float24 supplyRate;
    uint16 coverage;
    Float24 cap;
    Float24 creditTarget;
    uint8 flags;
    uint32 time;
}

/// @notice Bits of a statement's flags, and of a lane's `remoteFlags`.
library LaneFlags {
    /// @notice The sender's side of the lane is frozen: sell nothing to it.
    uint8 internal constant FROZEN = 1;
    /// @notice Set by the receiver: the sender owes more than its leverage limit.
    uint8 internal constant OVERLEVERED = 128;
}

/// @title MessageCodec
/// @notice Message format v1. All numbers are big-endian:
///
/// | bytes | field |
/// | ----- | ----- |
/// | 1     | version, 1 |
/// | 1     | number of orders |
/// | 8 × 8 | railOut railIn ordered paid charged earned granted returned |
/// | 8 × 3 | cash loans owed equity gross free averageLoans averageFree, as Float24 |
/// | 3 2 3 | supply rate (Float24), coverage (basis points), cap (Float24) |
/// | 3 1 4 | credit target (Float24), flags, time (Unix seconds) |
/// | each  | order: recipient 20, gross 8, fee 8, payload length 2, payload |
library MessageCodec {
    uint8 internal constant VERSION = 1;
    uint256 internal constant HEAD_LENGTH = 106;
    uint256 internal constant ORDER_LENGTH = 38;

    error MessageTooShort(uint256 length);
    error UnknownVersion(uint8 version);
    error LengthMismatch(uint256 length, uint256 expected);

    function encode(Statement memory s, Order[] memory orders) internal pure returns (bytes memory message) {
        message = bytes.concat(
            abi.encodePacked(VERSION, uint8(orders.length)),
            abi.encodePacked(s.railOut, s.railIn, s.ordered, s.paid, s.charged, s.earned, s.granted, s.returned),
            abi.encodePacked(
                Float24.unwrap(s.cash),
                Float24.unwrap(s.loans),
                Float24.unwrap(s.owed),
                Float24.unwrap(s.equity),
                Float24.unwrap(s.gross),
                Float24.unwrap(s.free),
                Float24.unwrap(s.averageLoans),
                Float24.unwrap(s.averageFree)
            ),
            abi.encodePacked(
                Float24.unwrap(s.supplyRate),
                s.coverage,
                Float24.unwrap(s.cap),
                Float24.unwrap(s.creditTarget),
                s.flags,
                s.time
            )
        );
        for (uint256 i; i < orders.length; ++i) {
            Order memory o = orders[i];
            message = bytes.concat(
                message, abi.encodePacked(o.recipient, o.gross, o.fee, uint16(o.payload.length), o.payload)
            );
        }
    }

    /// @notice Number of orders, readable before anything else is decoded.
    function orderCount(bytes calldata message) internal pure returns (uint256) {
        if (message.length < HEAD_LENGTH) revert MessageTooShort(message.length);
        uint8 version = uint8(message[0]);
        if (version != VERSION) revert UnknownVersion(version);
        return uint8(message[1]);
    }

    function decodeStatement(bytes calldata message) internal pure returns (Statement memory s) {
        uint256 word = uint256(bytes32(message[2:34]));
        s.railOut = uint64(word >> 192);
        s.railIn = uint64(word >> 128);
        s.ordered = uint64(word >> 64);
        s.paid = uint64(word);
        word = uint256(bytes32(message[34:66]));
        s.charged = uint64(word >> 192);
        s.earned = uint64(word >> 128);
        s.granted = uint64(word >> 64);
        s.returned = uint64(word);
        word = uint256(bytes32(message[66:98]));
        s.cash = Float24.wrap(uint24(word >> 232));
        s.loans = Float24.wrap(uint24(word >> 208));
        s.owed = Float24.wrap(uint24(word >> 184));
        s.equity = Float24.wrap(uint24(word >> 160));
        s.gross = Float24.wrap(uint24(word >> 136));
        s.free = Float24.wrap(uint24(word >> 112));
        s.averageLoans = Float24.wrap(uint24(word >> 88));
        s.averageFree = Float24.wrap(uint24(word >> 64));
        s.supplyRate = Float24.wrap(uint24(word >> 40));
        s.coverage = uint16(word >> 24);
        s.cap = Float24.wrap(uint24(word));
        uint64 tail = uint64(bytes8(message[98:106]));
        s.creditTarget = Float24.wrap(uint24(tail >> 40));
        s.flags = uint8(tail >> 32);
        s.time = uint32(tail);
    }

    /// @notice The orders; their lengths and the message's must agree to the byte.
    function decodeOrders(bytes calldata message, uint256 count) internal pure returns (Order[] memory orders) {
        orders = new Order[](count);
        uint256 position = HEAD_LENGTH;
        for (uint256 i; i < count; ++i) {
            if (message.length < position + ORDER_LENGTH) {
                revert LengthMismatch(message.length, position + ORDER_LENGTH);
            }
            Order memory o = orders[i];
            o.recipient = address(bytes20(message[position:position + 20]));
            o.gross = uint64(bytes8(message[position + 20:position + 28]));
            o.fee = uint64(bytes8(message[position + 28:position + 36]));
            uint256 end = position + ORDER_LENGTH + uint16(bytes2(message[position + 36:position + 38]));
            if (message.length < end) revert LengthMismatch(message.length, end);
            o.payload = message[position + ORDER_LENGTH:end];
            position = end;
        }
        if (message.length != position) revert LengthMismatch(message.length, position);
    }
}
