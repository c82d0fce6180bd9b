// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Order} from "../interfaces/ILaneRouter.sol";
import {Float24} from "./Float.sol";

/// @notice What every message says about its sender: its side of the lane's ledger and its vault's condition. A statement
/// is complete in itself, so it may be lost, repeated, late or overtaken. In memory it is the words of the message.
/// @param sums railOut, railIn, ordered, paid: 64 bits each, first in the high bits.
/// @param credits charged, earned, granted, returned: likewise.
/// @param sizes cash, loans, owed, equity, gross, free, averageLoans, averageFree, supplyRate as Float24, coverage in 16
/// bits, cap as Float24.
/// @param tail creditTarget as Float24, flags in 8 bits, time in 32 bits.
struct Statement {
    uint256 sums;
    uint256 credits;
    uint256 sizes;
    uint256 tail;
}

using StatementLib for Statement global;

library StatementLib {
    uint256 private constant U64 = type(uint64).max;

    function railIn(Statement memory s) internal pure returns (uint256) {
        return (s.sums >> 128) & U64;
    }

    function paid(Statement memory s) internal pure returns (uint256) {
        return s.sums & U64;
    }

    function charged(Statement memory s) internal pure returns (uint256) {
        return s.credits >> 192;
    }

    function granted(Statement memory s) internal pure returns (uint256) {
        return (s.credits >> 64) & U64;
    }

    function returned(Statement memory s) internal pure returns (uint256) {
        return s.credits & U64;
    }

    function loans(Statement memory s) internal pure returns (Float24) {
        return _float(s.sizes, 208);
    }

    function owed(Statement memory s) internal pure returns (Float24) {
        return _float(s.sizes, 184);
    }

    function equity(Statement memory s) internal pure returns (Float24) {
        return _float(s.sizes, 160);
    }

    function free(Statement memory s) internal pure returns (Float24) {
        return _float(s.sizes, 112);
    }

    function averageLoans(Statement memory s) internal pure returns (Float24) {
        return _float(s.sizes, 88);
    }

    function averageFree(Statement memory s) internal pure returns (Float24) {
        return _float(s.sizes, 64);
    }

    function supplyRate(Statement memory s) internal pure returns (Float24) {
        return _float(s.sizes, 40);
    }

    function coverage(Statement memory s) internal pure returns (uint256) {
        return (s.sizes >> 24) & type(uint16).max;
    }

    function cap(Statement memory s) internal pure returns (Float24) {
        return _float(s.sizes, 0);
    }

    function creditTarget(Statement memory s) internal pure returns (Float24) {
        return _float(s.tail, 40);
    }

    function flags(Statement memory s) internal pure returns (uint256) {
        return (s.tail >> 32) & type(uint8).max;
    }

    function time(Statement memory s) internal pure returns (uint256) {
        return s.tail & type(uint32).max;
    }

    function _float(uint256 word, uint256 shift) private pure returns (Float24) {
        return Float24.wrap(uint24(word >> shift));
    }
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
        message = abi.encodePacked(VERSION, uint8(orders.length), s.sums, s.credits, s.sizes, uint64(s.tail));
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
        s.sums = uint256(bytes32(message[2:34]));
        s.credits = uint256(bytes32(message[34:66]));
        s.sizes = uint256(bytes32(message[66:98]));
        s.tail = uint64(bytes8(message[98:106]));
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
