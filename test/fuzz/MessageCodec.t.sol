// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Test} from "forge-std/Test.sol";

import {Order} from "../../contracts/interfaces/ILaneRouter.sol";
import {Float24} from "../../contracts/libraries/Float.sol";
import {MessageCodec, Statement} from "../../contracts/libraries/MessageCodec.sol";
import {CodecHarness} from "../fixtures/CodecHarness.sol";
import {MessageFormat, Told} from "../fixtures/MessageFormat.sol";

contract MessageCodecFuzzTest is Test {
    CodecHarness private codec = new CodecHarness();

    /// @dev Against the format written a second time: every field is where the description says.
    function testFuzz_decode_readsTheDescribedFormat(Told memory t, Order[] memory orders) public view {
        orders = _fit(orders);
        bytes memory message = MessageFormat.encode(t, orders);
        (Statement memory s, Order[] memory decoded) = codec.decode(message);
        assertEq(s.railIn(), t.railIn);
        assertEq(s.charged(), t.charged);
        assertEq(s.granted(), t.granted);
        assertEq(s.returned(), t.returned);
        _assertSizes(s, t);
        assertEq(keccak256(abi.encode(decoded)), keccak256(abi.encode(orders)));
        assertEq(keccak256(codec.encode(s, decoded)), keccak256(message), "round trip");
    }

    function _assertSizes(Statement memory s, Told memory t) private pure {
        assertEq(Float24.unwrap(s.loans()), t.loans);
        assertEq(Float24.unwrap(s.owed()), t.owed);
        assertEq(Float24.unwrap(s.equity()), t.equity);
        assertEq(Float24.unwrap(s.free()), t.free);
        assertEq(Float24.unwrap(s.averageLoans()), t.averageLoans);
        assertEq(Float24.unwrap(s.averageFree()), t.averageFree);
        assertEq(Float24.unwrap(s.supplyRate()), t.supplyRate);
        assertEq(s.coverage(), t.coverage);
        assertEq(Float24.unwrap(s.cap()), t.cap);
        assertEq(Float24.unwrap(s.creditTarget()), t.creditTarget);
        assertEq(s.flags(), t.flags);
        assertEq(s.time(), t.time);
    }

    function testFuzz_decode_demandsTheExactLength(Told memory t, Order[] memory orders, bytes memory extra) public {
        vm.assume(extra.length != 0);
        bytes memory message = MessageFormat.encode(t, _fit(orders));
        uint256 length = message.length + extra.length;
        vm.expectRevert(abi.encodeWithSelector(MessageCodec.LengthMismatch.selector, length, length - extra.length));
        codec.decode(bytes.concat(message, extra));
    }

    function testFuzz_decode_refusesWhatIsCutOff(Told memory t, Order[] memory orders, uint256 length) public {
        bytes memory message = MessageFormat.encode(t, _fit(orders));
        length = bound(length, 0, message.length - 1);
        assembly ("memory-safe") {
            mstore(message, length)
        }
        if (length < 106) {
            vm.expectRevert(abi.encodeWithSelector(MessageCodec.MessageTooShort.selector, length));
        } else {
            vm.expectPartialRevert(MessageCodec.LengthMismatch.selector);
        }
        codec.decode(message);
    }

    function testFuzz_decode_refusesOtherVersions(Told memory t, uint8 version) public {
        vm.assume(version != 1);
        bytes memory message = MessageFormat.bare(t);
        message[0] = bytes1(version);
        vm.expectRevert(abi.encodeWithSelector(MessageCodec.UnknownVersion.selector, version));
        codec.decode(message);
    }

    /// @dev Any bytes: decoded to what encodes to the same bytes, or refused.
    function testFuzz_decode_anyBytes(bytes memory message) public view {
        try codec.decode(message) returns (Statement memory s, Order[] memory orders) {
            assertEq(keccak256(codec.encode(s, orders)), keccak256(message));
        } catch {}
    }

    function test_encode_bareStatementIs106Bytes() public view {
        Told memory t;
        assertEq(MessageFormat.bare(t).length, 106);
        Statement memory s;
        assertEq(codec.encode(s, new Order[](0)).length, 106);
        assertEq(codec.encode(s, new Order[](3)).length, 106 + 3 * 38);
    }

    /// @dev At most six orders, payloads of what a message can hold.
    function _fit(Order[] memory orders) private pure returns (Order[] memory) {
        if (orders.length > 6) {
            assembly ("memory-safe") {
                mstore(orders, 6)
            }
        }
        for (uint256 i; i < orders.length; ++i) {
            if (orders[i].payload.length > 1000) orders[i].payload = "";
        }
        return orders;
    }
}
