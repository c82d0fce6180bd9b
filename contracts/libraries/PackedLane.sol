// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Lane} from "../interfaces/ILaneRouter.sol";
import {Float24} from "./Float.sol";

/// @notice A `Lane` in memory as its six storage words, in Solidity's layout of that struct. Loading, changing a few
/// fields and storing costs a third of what the unpacked struct costs, in gas and in code.
struct PackedLane {
    uint256 terms;
    uint256 debtor;
    uint256 creditor;
    uint256 rails;
    uint256 remoteCounters;
    uint256 remoteView;
}

using PackedLaneLib for PackedLane global;

/// @title PackedLaneLib
/// @notice Fields of a packed lane by the names that `Lane` gives them. Counters are checked to fit their 64 bits.
library PackedLaneLib {
    using SafeCast for uint256;

    uint256 private constant U64 = type(uint64).max;

    // ------------------------------------------------------------------------------------------------- storage

    function load(Lane storage stored) internal view returns (PackedLane memory l) {
        assembly ("memory-safe") {
            for { let i := 0 } lt(i, 6) { i := add(i, 1) } {
                mstore(add(l, shl(5, i)), sload(add(stored.slot, i)))
            }
        }
    }

    /// @dev Words that did not change cost 100 gas each.
    function save(PackedLane memory l, Lane storage stored) internal {
        assembly ("memory-safe") {
            for { let i := 0 } lt(i, 6) { i := add(i, 1) } {
                sstore(add(stored.slot, i), mload(add(l, shl(5, i))))
            }
        }
    }

    /// @notice The fields of `Lane` in their order, a word each.
    /// @dev The widths in bytes are Solidity's: a field that does not fit starts the next word.
    function unpack(PackedLane memory l) internal pure returns (uint256[31] memory fields) {
        bytes31 widths = hex"14030303080810080808080808080404080808080303030304020103030304";
        assembly ("memory-safe") {
            let word := mload(l)
            let used := 0
            for { let i := 0 } lt(i, 31) { i := add(i, 1) } {
                let width := byte(i, widths)
                if gt(add(used, width), 32) {
                    l := add(l, 32)
                    word := mload(l)
                    used := 0
                }
                let bits := shl(3, width)
                mstore(add(fields, shl(5, i)), and(word, sub(shl(bits, 1), 1)))
                word := shr(bits, word)
                used := add(used, width)
            }
        }
    }

    // ------------------------------------------------------------------------------------------------- terms

    function peer(PackedLane memory l) internal pure returns (bytes32) {
        return bytes32(l.terms & type(uint160).max);
    }

    function cap(PackedLane memory l) internal pure returns (Float24) {
        return _float(l.terms, 160);
    }

    function maxCredit(PackedLane memory l) internal pure returns (Float24) {
        return _float(l.terms, 184);
    }

    function creditTarget(PackedLane memory l) internal pure returns (Float24) {
        return _float(l.terms, 208);
    }

    // ------------------------------------------------------------------------------------------------- what is owed

    function ordered(PackedLane memory l) internal pure returns (uint256) {
        return l.debtor & U64;
    }

    function charged(PackedLane memory l) internal pure returns (uint256) {
        return (l.debtor >> 64) & U64;
    }

    function scaledDebt(PackedLane memory l) internal pure returns (uint256) {
        return l.debtor >> 128;
    }

    function setOrdered(PackedLane memory l, uint256 value) internal pure {
        l.debtor = _set(l.debtor, 0, value);
    }

    function setCharged(PackedLane memory l, uint256 value) internal pure {
        l.debtor = _set(l.debtor, 64, value);
    }

    function setScaledDebt(PackedLane memory l, uint256 value) internal pure {
        l.debtor = (l.debtor & type(uint128).max) | (uint256(value.toUint128()) << 128);
    }

    // ------------------------------------------------------------------------------------------------- what is due

    function paid(PackedLane memory l) internal pure returns (uint256) {
        return l.creditor & U64;
    }

    function earned(PackedLane memory l) internal pure returns (uint256) {
        return (l.creditor >> 64) & U64;
    }

    function granted(PackedLane memory l) internal pure returns (uint256) {
        return (l.creditor >> 128) & U64;
    }

    function pot(PackedLane memory l) internal pure returns (uint256) {
        return l.creditor >> 192;
    }

    function setPaid(PackedLane memory l, uint256 value) internal pure {
        l.creditor = _set(l.creditor, 0, value);
    }

    function setEarned(PackedLane memory l, uint256 value) internal pure {
        l.creditor = _set(l.creditor, 64, value);
    }

    function setGranted(PackedLane memory l, uint256 value) internal pure {
        l.creditor = _set(l.creditor, 128, value);
    }

    function setPot(PackedLane memory l, uint256 value) internal pure {
        l.creditor = _set(l.creditor, 192, value);
    }

    // ------------------------------------------------------------------------------------------------- rails

    function railOut(PackedLane memory l) internal pure returns (uint256) {
        return l.rails & U64;
    }

    function railIn(PackedLane memory l) internal pure returns (uint256) {
        return (l.rails >> 64) & U64;
    }

    function returned(PackedLane memory l) internal pure returns (uint256) {
        return (l.rails >> 128) & U64;
    }

    function lastMove(PackedLane memory l) internal pure returns (uint256) {
        return (l.rails >> 192) & type(uint32).max;
    }

    function acceptedAt(PackedLane memory l) internal pure returns (uint256) {
        return l.rails >> 224;
    }

    function setRailOut(PackedLane memory l, uint256 value) internal pure {
        l.rails = _set(l.rails, 0, value);
    }

    function setRailIn(PackedLane memory l, uint256 value) internal pure {
        l.rails = _set(l.rails, 64, value);
    }

    function setReturned(PackedLane memory l, uint256 value) internal pure {
        l.rails = _set(l.rails, 128, value);
    }

    function setLastMove(PackedLane memory l, uint256 timestamp) internal pure {
        l.rails = (l.rails & ~(uint256(type(uint32).max) << 192)) | (uint256(timestamp.toUint32()) << 192);
    }

    function setAcceptedAt(PackedLane memory l, uint256 timestamp) internal pure {
        l.rails = (l.rails & type(uint224).max) | (uint256(timestamp.toUint32()) << 224);
    }

    // ------------------------------------------------------------------------------------------------- the other side

    function remoteRailIn(PackedLane memory l) internal pure returns (uint256) {
        return l.remoteCounters & U64;
    }

    function remoteGranted(PackedLane memory l) internal pure returns (uint256) {
        return (l.remoteCounters >> 64) & U64;
    }

    function remoteReturned(PackedLane memory l) internal pure returns (uint256) {
        return (l.remoteCounters >> 128) & U64;
    }

    function remoteCharged(PackedLane memory l) internal pure returns (uint256) {
        return l.remoteCounters >> 192;
    }

    function remoteFree(PackedLane memory l) internal pure returns (uint256) {
        return _float(l.remoteView, 0).decode();
    }

    function remoteLoans(PackedLane memory l) internal pure returns (uint256) {
        return _float(l.remoteView, 24).decode();
    }

    function remoteAverageFree(PackedLane memory l) internal pure returns (uint256) {
        return _float(l.remoteView, 48).decode();
    }

    function remoteAverageLoans(PackedLane memory l) internal pure returns (uint256) {
        return _float(l.remoteView, 72).decode();
    }

    function remoteTime(PackedLane memory l) internal pure returns (uint256) {
        return (l.remoteView >> 96) & type(uint32).max;
    }

    function coverage(PackedLane memory l) internal pure returns (uint256) {
        return (l.remoteView >> 128) & type(uint16).max;
    }

    function remoteFlags(PackedLane memory l) internal pure returns (uint256) {
        return (l.remoteView >> 144) & type(uint8).max;
    }

    function remoteTarget(PackedLane memory l) internal pure returns (uint256) {
        return _float(l.remoteView, 152).decode();
    }

    function remoteCap(PackedLane memory l) internal pure returns (uint256) {
        return _float(l.remoteView, 176).decode();
    }

    function remoteNonce(PackedLane memory l) internal pure returns (uint256) {
        return l.remoteView >> 224;
    }

    // ------------------------------------------------------------------------------------------------- words

    function _float(uint256 word, uint256 shift) private pure returns (Float24) {
        return Float24.wrap(uint24(word >> shift));
    }

    function _set(uint256 word, uint256 shift, uint256 value) private pure returns (uint256) {
        return (word & ~(U64 << shift)) | (uint256(value.toUint64()) << shift);
    }
}
