// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {OAppReceiver, Origin} from "@layerzerolabs/lz-evm-oapp-v2/contracts/oapp/OAppReceiver.sol";
import {IOAppCore} from "@layerzerolabs/lz-evm-oapp-v2/contracts/oapp/interfaces/IOAppCore.sol";

import {ILaneRouter, Lane, Order} from "../../contracts/interfaces/ILaneRouter.sol";
import {IVault} from "../../contracts/interfaces/IVault.sol";
import {MessageCodec} from "../../contracts/libraries/MessageCodec.sol";
import {IRouter} from "../fixtures/Contracts.sol";
import {Packet} from "../fixtures/Delivery.sol";
import {MessageFormat, Told} from "../fixtures/MessageFormat.sol";
import {NetworkTest} from "../fixtures/NetworkTest.sol";
import {Production} from "../fixtures/Production.sol";

contract LaneRouterDeliveryTest is NetworkTest {
    function setUp() public override {
        super.setUp();
        _openNetwork();
    }

    // ------------------------------------------------------------------------------------------------- order and time

    function test_delivery_statementLate() public {
        net.transfer(A, B, carol, dave, 1000e6);
        skip(30 days);
        net.assertNetwork();
        net.deliverAll();
        assertEq(net.asset(B).balanceOf(dave), 1000e18);
        // The statement's own time counts, not the time it came.
        assertEq(_lane(B, A).remoteTime, block.timestamp - 30 days);
        net.assertNetwork();
    }

    function test_delivery_statementRepeated() public {
        net.transfer(A, B, carol, dave, 1000e6);
        net.deliverAll();
        uint256 packet = net.lastPacket();
        // The endpoint executes a message once; the same statement again in a new message changes nothing.
        vm.expectRevert();
        net.deliver(packet);
        Lane memory before = _lane(B, A);
        net.sync(A, B);
        net.deliverAll();
        Lane memory l = _lane(B, A);
        l.remoteNonce = before.remoteNonce;
        assertEq(keccak256(abi.encode(l)), keccak256(abi.encode(before)));
        assertEq(net.asset(B).balanceOf(dave), 1000e18);
        net.assertNetwork();
    }

    function test_delivery_statementOvertaken() public {
        net.transfer(A, B, carol, dave, 1000e6);
        uint256 first = net.lastPacket();
        skip(1 minutes);
        net.sync(A, B);
        uint256 second = net.lastPacket();
        net.deliver(second);
        uint256 time = _lane(B, A).remoteTime;
        assertEq(time, block.timestamp);
        net.assertNetwork();
        vm.expectEmit(address(net.router(B)));
        emit ILaneRouter.StatementOvertaken(net.eid(A), net.packet(first).nonce, net.packet(second).nonce);
        net.deliver(first);
        // The older statement changed nothing, its order was paid.
        assertEq(_lane(B, A).remoteTime, time);
        assertEq(net.asset(B).balanceOf(dave), 1000e18);
        net.assertNetwork();
    }

    function test_delivery_returnOfCreditOvertakesTheOrderThatSpentIt() public {
        net.transfer(A, B, carol, dave, 10_000e6);
        uint256 order = net.lastPacket();
        net.setLaneTerms(B, A, Production.CAP, Production.MAX_CREDIT, 30_000e6);
        net.sync(B, A);
        net.deliver(net.lastPacket());
        assertEq(net.returnCredit(A, B), TARGET - 10_000e6 - _lane(A, B).remoteTarget.decode());
        net.deliverLast();
        net.assertNetwork();
        net.deliver(order);
        assertEq(net.asset(B).balanceOf(dave), 10_000e18);
        net.assertNetwork();
    }

    // ------------------------------------------------------------------------------------------------- recipients

    function test_delivery_parksForARecipientThatRefusesTheToken() public {
        net.block_(B, dave, true);
        net.transfer(A, B, carol, dave, 1000e6);
        vm.expectEmit(address(net.vault(B)));
        emit IVault.Parked(dave, 1000e6);
        net.deliverLast();
        assertEq(net.vault(B).parked(dave), 1000e6);
        assertEq(net.vault(B).totalParked(), 1000e6);
        assertEq(_position(B, A), 1000e6);
        net.assertNetwork();
        // The lane goes on.
        net.transfer(A, B, carol, bob, 1000e6);
        net.deliverAll();

        IVault vault = net.vault(B);
        vm.expectEmit(address(vault));
        emit IVault.Collected(dave, carol, 1000e6);
        vm.prank(dave);
        assertEq(vault.collect(carol), 1000e6);
        assertEq(net.asset(B).balanceOf(carol), 1000e18);
        assertEq(vault.totalParked(), 0);
        net.assertNetwork();
    }

    function test_collect_revertsWith_NothingParked() public {
        IVault vault = net.vault(B);
        vm.expectRevert(abi.encodeWithSelector(IVault.NothingParked.selector, carol));
        vm.prank(carol);
        vault.collect(carol);
    }

    function test_collect_toAnAddressThatRefusesKeepsTheMoneyParked() public {
        net.block_(B, dave, true);
        net.transfer(A, B, carol, dave, 1000e6);
        net.deliverAll();
        IVault vault = net.vault(B);
        vm.prank(dave);
        vm.expectRevert();
        vault.collect(dave);
        assertEq(vault.parked(dave), 1000e6);
    }

    // ------------------------------------------------------------------------------------------------- gas

    function test_delivery_lowGasRevertsAndARetryWorks() public {
        net.transfer(A, B, carol, dave, 1000e6);
        uint256 packet = net.lastPacket();
        vm.expectPartialRevert(ILaneRouter.InsufficientGas.selector);
        net.deliverWithGas(packet, 300_000);
        assertFalse(net.isDelivered(packet));
        net.assertNetwork();
        net.deliver(packet);
        assertEq(net.asset(B).balanceOf(dave), 1000e18);
        net.assertNetwork();
    }

    /// @dev Whatever gas a stranger brings: paid in full, or nothing happened and anyone can try again.
    /// forge-config: default.fuzz.runs = 100
    function testFuzz_delivery_gasNeverParksAWillingRecipient(uint256 gasLimit) public {
        gasLimit = bound(gasLimit, 20_000, 600_000);
        net.transfer(A, B, carol, dave, 1000e6);
        uint256 packet = net.lastPacket();
        try net.deliverWithGas(packet, gasLimit) {
            assertEq(net.asset(B).balanceOf(dave), 1000e18);
        } catch {
            assertFalse(net.isDelivered(packet));
            net.deliver(packet);
        }
        assertEq(net.vault(B).totalParked(), 0);
        net.assertNetwork();
    }

    // ------------------------------------------------------------------------------------------------- without reserve

    function test_delivery_orderWithoutReserveWaitsAndIsFundedOnce() public {
        // A believes in more credit than B has set aside.
        (uint256 packet, Told memory told) = _onItsWay(B, A);
        told.granted += 100_000e6;
        net.forge(packet, MessageFormat.bare(told));
        net.deliver(packet);
        bytes32 guid = net.transfer(A, B, carol, dave, 60_000e6);
        Order memory order = Order(dave, 60_000e6, 0, "");
        vm.expectEmit(address(net.router(B)));
        emit ILaneRouter.OrderUnfunded(guid, net.eid(A), dave, 0, 60_000e6, 0);
        net.deliverLast();
        assertEq(net.asset(B).balanceOf(dave), 0);
        assertEq(_position(B, A), 0);
        net.assertNetwork();

        IRouter router = net.router(B);
        uint32 eid = net.eid(A);
        vm.expectRevert(abi.encodeWithSelector(ILaneRouter.ReserveTooSmall.selector, 60_000e6, TARGET));
        router.fundOrder(eid, guid, 0, order);

        net.setLaneTerms(B, A, Production.CAP, Production.MAX_CREDIT, 200_000e6);
        net.supply(B, alice, 500_000e6);
        net.refill(B, A);
        Order memory other = Order(carol, 60_000e6, 0, "");
        vm.expectRevert(abi.encodeWithSelector(ILaneRouter.OrderNotUnfunded.selector, guid, 0));
        router.fundOrder(eid, guid, 0, other);

        router.fundOrder(eid, guid, 0, order);
        assertEq(net.asset(B).balanceOf(dave), 60_000e18);
        assertEq(_position(B, A), 60_000e6);
        vm.expectRevert(abi.encodeWithSelector(ILaneRouter.OrderNotUnfunded.selector, guid, 0));
        router.fundOrder(eid, guid, 0, order);
        net.assertNetwork();
        net.deliverAll();
        net.assertNetwork();
    }

    // ------------------------------------------------------------------------------------------------- several orders

    function test_delivery_paysEveryOrderOfAMessage() public {
        Order[] memory orders = new Order[](2);
        orders[0] = Order(dave, 1000e6, 10e6, "");
        orders[1] = Order(carol, 500e6, 501e6, "");
        uint256 packet = net.sendRaw(A, B, MessageFormat.encode(_honestTold(), orders));
        net.deliverWithGas(packet, 700_000);
        assertEq(net.asset(B).balanceOf(dave), 990e18);
        // A fee above the gross is cut to it.
        assertEq(net.asset(B).balanceOf(carol), 0);
        assertEq(net.vault(B).books().setAside, 510e6);
        assertEq(_lane(B, A).pot, 510e6);
        assertEq(_lane(B, A).paid, 1500e6);
    }

    // ------------------------------------------------------------------------------------------------- malformed

    function test_delivery_revertsWith_MessageTooShort() public {
        _expectRefused(new bytes(105), abi.encodeWithSelector(MessageCodec.MessageTooShort.selector, 105));
    }

    function test_delivery_revertsWith_UnknownVersion() public {
        bytes memory message = MessageFormat.bare(_honestTold());
        message[0] = 0x02;
        _expectRefused(message, abi.encodeWithSelector(MessageCodec.UnknownVersion.selector, 2));
    }

    function test_delivery_revertsWith_LengthMismatch() public {
        bytes memory message = bytes.concat(MessageFormat.bare(_honestTold()), hex"00");
        _expectRefused(message, abi.encodeWithSelector(MessageCodec.LengthMismatch.selector, 107, 106));
    }

    function test_delivery_revertsWith_PayloadUnsupported() public {
        Order[] memory orders = new Order[](1);
        orders[0] = Order(dave, 1e6, 0, hex"01");
        bytes memory message = MessageFormat.encode(_honestTold(), orders);
        _expectRefused(message, abi.encodeWithSelector(ILaneRouter.PayloadUnsupported.selector));
    }

    function _expectRefused(bytes memory message, bytes memory reason) private {
        uint256 packet = net.sendRaw(A, B, message);
        net.verify(packet);
        vm.expectRevert(reason);
        net.deliver(packet);
        // Later messages of the lane are not held up.
        net.sync(A, B);
        net.deliverLast();
        assertEq(_lane(B, A).remoteTime, block.timestamp);
    }

    // ------------------------------------------------------------------------------------------------- strangers

    function test_lzReceive_revertsWith_OnlyEndpoint() public {
        IRouter router = net.router(B);
        Origin memory origin = _origin();
        bytes memory message = MessageFormat.bare(_honestTold());
        vm.expectRevert(abi.encodeWithSelector(OAppReceiver.OnlyEndpoint.selector, address(this)));
        router.lzReceive(origin, 0, message, address(0), "");
    }

    function test_lzReceive_revertsWith_OnlyPeer() public {
        IRouter router = net.router(B);
        Origin memory origin = _origin();
        origin.sender = bytes32(uint256(uint160(carol)));
        bytes memory message = MessageFormat.bare(_honestTold());
        vm.prank(address(net.endpoint(B)));
        vm.expectRevert(abi.encodeWithSelector(IOAppCore.OnlyPeer.selector, origin.srcEid, origin.sender));
        router.lzReceive(origin, 0, message, address(0), "");
    }

    function test_lzReceive_revertsWith_UnknownLane() public {
        IRouter router = net.router(B);
        Origin memory origin = _origin();
        origin.srcEid = 30_999;
        bytes memory message = MessageFormat.bare(_honestTold());
        vm.prank(address(net.endpoint(B)));
        vm.expectRevert(abi.encodeWithSelector(ILaneRouter.UnknownLane.selector, 30_999));
        router.lzReceive(origin, 0, message, address(0), "");
    }

    function _origin() private view returns (Origin memory) {
        return Origin(net.eid(A), bytes32(uint256(uint160(address(net.router(A))))), 100);
    }

    /// @dev What A said last.
    function _honestTold() private returns (Told memory) {
        return MessageFormat.decode(net.packet(net.packetOf(net.sync(A, B))).message);
    }
}
