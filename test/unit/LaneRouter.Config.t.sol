// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Origin} from "@layerzerolabs/lz-evm-protocol-v2/contracts/interfaces/ILayerZeroEndpointV2.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

import {ILaneRouter, Lane, Limits} from "../../contracts/interfaces/ILaneRouter.sol";
import {IVault} from "../../contracts/interfaces/IVault.sol";
import {IRouter} from "../fixtures/Contracts.sol";
import {MessageFormat, Told} from "../fixtures/MessageFormat.sol";
import {NetworkTest} from "../fixtures/NetworkTest.sol";
import {Production} from "../fixtures/Production.sol";

interface IDelegates {
    function delegates(address app) external view returns (address);
}

contract LaneRouterConfigTest is NetworkTest {
    IRouter private router;
    address private endpoint;
    uint32 private remote;

    function setUp() public override {
        super.setUp();
        router = net.router(A);
        endpoint = address(net.endpoint(A));
        remote = net.eid(B);
    }

    function test_constructor_revertsWith_VaultMismatch() public {
        IVault vault = net.vault(A);
        address next = vm.computeCreateAddress(address(this), vm.getNonce(address(this)));
        vm.expectRevert(abi.encodeWithSelector(ILaneRouter.VaultMismatch.selector, address(router), next));
        _deploy(abi.encode(endpoint, vault, address(1), 1, address(this)));
    }

    function test_constructor_revertsWith_ZeroAddress() public {
        FalseVault vault = new FalseVault(vm.computeCreateAddress(address(this), vm.getNonce(address(this)) + 1));
        vm.expectRevert(abi.encodeWithSelector(ILaneRouter.ZeroAddress.selector));
        _deploy(abi.encode(endpoint, vault, address(0), 1, address(this)));
    }

    function test_constructor_revertsWith_ParameterOutOfRange() public {
        FalseVault vault = new FalseVault(vm.computeCreateAddress(address(this), vm.getNonce(address(this)) + 1));
        uint256 rate = uint256(10e18) / 365 days + 1;
        vm.expectRevert(
            abi.encodeWithSelector(ILaneRouter.ParameterOutOfRange.selector, bytes32("maxInterestRate"), rate)
        );
        _deploy(abi.encode(endpoint, vault, address(1), rate, address(this)));
    }

    function test_setters_areTheOwnersOnly() public {
        bytes memory reason = abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, address(this));
        uint32 eid = net.eid(B);
        vm.expectRevert(reason);
        router.setLaneTerms(eid, Production.laneTerms());
        vm.expectRevert(reason);
        router.setLimits(Production.limits());
        vm.expectRevert(reason);
        router.setPeer(eid, 0);
        vm.expectRevert(reason);
        router.transferOwnership(address(this));
    }

    function test_setPeer_revertsWith_PeerNotEvm() public {
        bytes32 peer = bytes32(uint256(1) << 160);
        vm.prank(address(net));
        vm.expectRevert(abi.encodeWithSelector(ILaneRouter.PeerNotEvm.selector, peer));
        router.setPeer(30_999, peer);
    }

    function test_setPeer_opensALane() public {
        vm.prank(address(net));
        router.setPeer(30_999, bytes32(uint256(7)));
        Lane memory l = router.lane(30_999);
        assertEq(l.peer, address(7));
        assertEq(l.coverage, 10_000);
        assertEq(l.acceptedAt, block.timestamp);
        assertEq(router.laneEids().length, 3);
        assertEq(router.laneEids()[2], 30_999);
        vm.prank(address(net));
        router.setPeer(30_999, bytes32(uint256(8)));
        assertEq(router.laneEids().length, 3);
    }

    /// @dev A channel counts from one for every sender: a new peer's first statement is news, whatever the old one's nonce.
    function test_setPeer_aNewPeerIsHeardFromItsFirstMessage() public {
        net.syncAll();
        net.syncAll();
        assertEq(_lane(A, B).remoteNonce, 2);
        vm.prank(address(net));
        router.setPeer(remote, bytes32(uint256(uint160(carol))));
        Told memory told;
        told.granted = 7e6;
        vm.prank(endpoint);
        router.lzReceive(
            Origin(remote, bytes32(uint256(uint160(carol))), 1), 0, MessageFormat.bare(told), address(0), ""
        );
        assertEq(_lane(A, B).remoteGranted, 7e6);
    }

    function test_lane_revertsWith_UnknownLane() public {
        vm.expectRevert(abi.encodeWithSelector(ILaneRouter.UnknownLane.selector, 30_999));
        router.lane(30_999);
    }

    function test_setLaneTerms_revertsWith_UnknownLane() public {
        vm.prank(address(net));
        vm.expectRevert(abi.encodeWithSelector(ILaneRouter.UnknownLane.selector, 30_999));
        router.setLaneTerms(30_999, Production.laneTerms());
    }

    function test_setLaneTerms_keepsTheLedgerAndThePeer() public {
        Lane memory before = _lane(A, B);
        net.setLaneTerms(A, B, 1e6, 2e6, 3e6);
        Lane memory l = _lane(A, B);
        assertEq(l.cap.decode(), 1e6 - 1e6 % 4);
        assertEq(l.maxCredit.decode(), 2e6 - 2e6 % 8);
        assertEq(l.creditTarget.decode(), 3e6 - 3e6 % 16);
        (l.cap, l.maxCredit, l.creditTarget) = (before.cap, before.maxCredit, before.creditTarget);
        assertEq(keccak256(abi.encode(l)), keccak256(abi.encode(before)));
    }

    function test_setLimits_revertsWith_ParameterOutOfRange() public {
        Limits memory l = Production.limits();
        l.deadBand = 9;
        _expectOutOfRange("deadBand", 9, l);
        l = Production.limits();
        l.deadBand = 5001;
        _expectOutOfRange("deadBand", 5001, l);
        l = Production.limits();
        l.reservedShare = 5001;
        _expectOutOfRange("reservedShare", 5001, l);
        l = Production.limits();
        l.peerShare = 5001;
        _expectOutOfRange("peerShare", 5001, l);
        l = Production.limits();
        l.grantUtilization = 10_001;
        _expectOutOfRange("grantUtilization", 10_001, l);
        l = Production.limits();
        l.statementMaxAge = 59;
        _expectOutOfRange("statementMaxAge", 59, l);
        l = Production.limits();
        l.moveInterval = 7 days + 1;
        _expectOutOfRange("moveInterval", 7 days + 1, l);
    }

    function test_setLimits_stores() public {
        Limits memory l = Production.limits();
        l.deadBand = 123;
        vm.prank(address(net));
        router.setLimits(l);
        assertEq(keccak256(abi.encode(router.limits())), keccak256(abi.encode(l)));
    }

    function test_ownership_takesTwoStepsAndTheDelegateFollows() public {
        IDelegates delegates = IDelegates(endpoint);
        assertEq(delegates.delegates(address(router)), address(net));
        vm.prank(address(net));
        router.transferOwnership(carol);
        assertEq(router.owner(), address(net));
        assertEq(delegates.delegates(address(router)), address(net));
        vm.prank(carol);
        router.acceptOwnership();
        assertEq(router.owner(), carol);
        assertEq(delegates.delegates(address(router)), carol);
    }

    function test_onRailReceived_revertsWith_OnlyRail() public {
        uint32 eid = net.eid(B);
        vm.expectRevert(abi.encodeWithSelector(ILaneRouter.OnlyRail.selector, address(this)));
        router.onRailReceived(eid, 1e6);
    }

    function test_maxRebalance_noStatementYet() public view {
        (uint64 most, uint8 limit) = _maxRebalance();
        assertEq(most, 0);
        assertEq(limit, 1);
    }

    function _deploy(bytes memory args) private {
        _createLinked("LaneRouter", "LaneKeeping", address(1), args);
    }

    function _maxRebalance() private view returns (uint64 most, uint8 limit) {
        (bool ok, bytes memory data) = address(router).staticcall(abi.encodeCall(router.maxRebalance, (net.eid(B))));
        require(ok);
        return abi.decode(data, (uint64, uint8));
    }

    function _expectOutOfRange(bytes32 parameter, uint256 value, Limits memory l) private {
        vm.prank(address(net));
        vm.expectRevert(abi.encodeWithSelector(ILaneRouter.ParameterOutOfRange.selector, parameter, value));
        router.setLimits(l);
    }
}

/// @notice Says that its router is whoever a test wants.
contract FalseVault {
    address public immutable router;

    constructor(address router_) {
        router = router_;
    }
}
