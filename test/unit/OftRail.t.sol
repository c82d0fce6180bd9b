// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IOFT} from "@layerzerolabs/lz-evm-oapp-v2/contracts/oft/interfaces/IOFT.sol";
import {ILayerZeroEndpointV2} from "@layerzerolabs/lz-evm-protocol-v2/contracts/interfaces/ILayerZeroEndpointV2.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

import {ILaneRouter} from "../../contracts/interfaces/ILaneRouter.sol";
import {IRail} from "../../contracts/interfaces/IRail.sol";
import {IOftRail} from "../fixtures/Contracts.sol";
import {Compose} from "../fixtures/Delivery.sol";
import {NetworkTest} from "../fixtures/NetworkTest.sol";
import {Production} from "../fixtures/Production.sol";

contract OftRailTest is NetworkTest {
    uint64 private constant AMOUNT = 1000e6;
    IOftRail private rail;
    ILayerZeroEndpointV2 private endpoint;

    function setUp() public override {
        super.setUp();
        for (uint256 i; i < 3; ++i) {
            net.supply(i, alice, 1_000_000e6);
        }
        net.borrow(B, bob, 900_000e6);
        skip(1 days);
        net.syncAll();
        rail = net.rail(B);
        endpoint = net.endpoint(B);
    }

    /// @dev A rebalancing from A whose tokens are at B's rail and whose compose waits.
    function _waitingCompose() private returns (uint256 number, Compose memory compose) {
        net.rebalance(A, B, AMOUNT);
        net.deliverLast();
        number = net.composeCount() - 1;
        compose = net.compose(number);
        assertEq(net.asset(B).balanceOf(address(rail)), _units(B, AMOUNT));
    }

    function test_rail_handsTokensToTheVaultAndNamesTheLane() public {
        (uint256 number,) = _waitingCompose();
        net.assertNetwork();
        uint256 cash = net.vault(B).books().cash;
        vm.expectEmit(address(net.router(B)));
        emit ILaneRouter.RailReceived(net.eid(A), AMOUNT);
        net.deliverCompose(number);
        assertEq(net.vault(B).books().cash, cash + _units(B, AMOUNT));
        assertEq(_lane(B, A).railIn, AMOUNT);
        net.assertNetwork();
    }

    function test_rail_carries18To6Decimals() public {
        net.repay(B, bob, 900_000e6);
        net.borrow(A, bob, 900_000e6);
        skip(3 days);
        net.syncAll();
        net.rebalance(B, A, AMOUNT);
        net.deliverAll();
        assertEq(_lane(A, B).railIn, AMOUNT);
        net.assertNetwork();
    }

    function test_compose_runsOnce() public {
        (uint256 number,) = _waitingCompose();
        net.deliverCompose(number);
        vm.expectRevert();
        net.deliverCompose(number);
        net.assertNetwork();
    }

    function test_compose_anyoneMayRunItLate() public {
        (, Compose memory c) = _waitingCompose();
        skip(30 days);
        vm.prank(carol);
        endpoint.lzCompose(c.from, c.to, c.guid, c.index, c.message, "");
        net.assertNetwork();
    }

    function test_compose_withTooLittleGasCanBeRunAgain() public {
        (uint256 number, Compose memory c) = _waitingCompose();
        vm.expectRevert();
        endpoint.lzCompose{gas: 100_000}(c.from, c.to, c.guid, c.index, c.message, "");
        net.assertNetwork();
        net.deliverCompose(number);
        net.assertNetwork();
    }

    // ------------------------------------------------------------------------------------------------- forged

    function test_lzCompose_revertsWith_OnlyEndpoint() public {
        (, Compose memory c) = _waitingCompose();
        vm.expectRevert(abi.encodeWithSelector(IRail.OnlyEndpoint.selector, address(this)));
        rail.lzCompose(c.from, c.guid, c.message, address(this), "");
    }

    /// @dev sendCompose is open to everyone: a stranger queues the perfect bytes, from an address of their own.
    function test_lzCompose_revertsWith_UnknownToken_forgedCompose() public {
        (, Compose memory c) = _waitingCompose();
        vm.prank(carol);
        endpoint.sendCompose(address(rail), c.guid, 0, c.message);
        vm.expectRevert(abi.encodeWithSelector(IRail.UnknownToken.selector, carol));
        endpoint.lzCompose(carol, address(rail), c.guid, 0, c.message, "");
        assertEq(_lane(B, A).railIn, 0);
        net.assertNetwork();
    }

    /// @dev Someone who is not a rail sends real tokens with a rail's payload.
    function test_lzCompose_revertsWith_UnknownPeer_wrongComposeFrom() public {
        bytes memory message = abi.encodePacked(uint64(1), net.eid(A), _units(B, AMOUNT), _bytes32(carol), net.eid(A));
        _expectRefused(message, abi.encodeWithSelector(IRail.UnknownPeer.selector, net.eid(A), _bytes32(carol)));
    }

    function test_lzCompose_revertsWith_UnknownPeer_otherChainsRail() public {
        bytes32 from = _bytes32(address(net.rail(C)));
        bytes memory message = abi.encodePacked(uint64(1), net.eid(A), _units(B, AMOUNT), from, net.eid(A));
        _expectRefused(message, abi.encodeWithSelector(IRail.UnknownPeer.selector, net.eid(A), from));
    }

    function test_lzCompose_revertsWith_UnknownPeer_noPeerSet() public {
        bytes memory message = abi.encodePacked(uint64(1), uint32(30_999), _units(B, AMOUNT), bytes32(0), net.eid(A));
        _expectRefused(message, abi.encodeWithSelector(IRail.UnknownPeer.selector, 30_999, bytes32(0)));
    }

    function test_lzCompose_revertsWith_LaneMismatch() public {
        bytes32 from = _bytes32(address(net.rail(A)));
        bytes memory message = abi.encodePacked(uint64(1), net.eid(A), _units(B, AMOUNT), from, net.eid(C));
        _expectRefused(message, abi.encodeWithSelector(IRail.LaneMismatch.selector, net.eid(C), net.eid(A)));
    }

    function test_lzCompose_revertsWith_MalformedPayload() public {
        bytes32 from = _bytes32(address(net.rail(A)));
        bytes memory message = abi.encodePacked(uint64(1), net.eid(A), _units(B, AMOUNT), from);
        _expectRefused(message, abi.encodeWithSelector(IRail.MalformedPayload.selector, 76));
    }

    function test_lzCompose_revertsWith_ValueNotNeeded() public {
        (, Compose memory c) = _waitingCompose();
        vm.deal(address(endpoint), 1);
        vm.prank(address(endpoint));
        vm.expectRevert(abi.encodeWithSelector(IRail.ValueNotNeeded.selector, 1));
        rail.lzCompose{value: 1}(c.from, c.guid, c.message, address(this), "");
    }

    function _expectRefused(bytes memory message, bytes memory reason) private {
        address oft = address(net.oft(B));
        vm.prank(address(endpoint));
        vm.expectRevert(reason);
        rail.lzCompose(oft, bytes32(uint256(1)), message, address(this), "");
    }

    // ------------------------------------------------------------------------------------------------- sending

    function test_send_revertsWith_OnlyRouter() public {
        uint32 eid = net.eid(A);
        vm.expectRevert(abi.encodeWithSelector(IRail.OnlyRouter.selector, address(this)));
        rail.send(eid, 1, address(this));
    }

    function test_send_revertsWith_UnknownPeer() public {
        vm.prank(address(net.router(B)));
        vm.expectRevert(abi.encodeWithSelector(IRail.UnknownPeer.selector, 30_999, bytes32(0)));
        rail.send(30_999, 1, address(this));
    }

    function test_setRailPeer_isTheOwnersOnly() public {
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, address(this)));
        rail.setRailPeer(1, 0);
    }

    function test_send_revertsWith_RailTakesFee() public {
        // The token's send says that less arrives.
        IOftRail sender = net.rail(A);
        address oft = address(net.oft(A));
        vm.mockCall(
            oft,
            abi.encodeWithSelector(IOFT.send.selector),
            abi.encode(bytes32(0), uint64(1), uint256(0), uint256(0), uint256(AMOUNT), uint256(AMOUNT - 1))
        );
        uint32 eid = net.eid(B);
        vm.prank(address(net.router(A)));
        vm.expectRevert(abi.encodeWithSelector(IRail.RailTakesFee.selector, AMOUNT, AMOUNT - 1));
        sender.send(eid, AMOUNT, address(this));
    }

    // ------------------------------------------------------------------------------------------------- constructor

    function test_constructor_revertsWith_RouterMismatch() public {
        ILaneRouter router = net.router(A);
        IOFT oft = net.oft(A);
        address next = vm.computeCreateAddress(address(this), vm.getNonce(address(this)));
        vm.expectRevert(abi.encodeWithSelector(IRail.RouterMismatch.selector, address(net.rail(A)), next));
        _create("OftRail", abi.encode(endpoint, 1, oft, router, address(this)));
    }

    function test_constructor_revertsWith_TokenMismatch() public {
        IOFT oft = net.oft(B);
        ILaneRouter router = net.router(A);
        address next = vm.computeCreateAddress(address(this), vm.getNonce(address(this)));
        vm.mockCall(address(router), abi.encodeWithSelector(ILaneRouter.rail.selector), abi.encode(next));
        vm.expectRevert(abi.encodeWithSelector(IRail.TokenMismatch.selector, address(oft), address(net.asset(A))));
        _create("OftRail", abi.encode(endpoint, 1, oft, router, address(this)));
    }

    function _bytes32(address a) private pure returns (bytes32) {
        return bytes32(uint256(uint160(a)));
    }
}
