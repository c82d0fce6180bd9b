// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ILaneRouter, Limit, Limits} from "../../contracts/interfaces/ILaneRouter.sol";
import {MessageFormat, Told} from "../fixtures/MessageFormat.sol";
import {NetworkTest} from "../fixtures/NetworkTest.sol";
import {Production} from "../fixtures/Production.sol";

contract LaneRouterCreditTest is NetworkTest {
    function setUp() public override {
        super.setUp();
        for (uint256 i; i < 3; ++i) {
            net.supply(i, alice, 1_000_000e6);
            net.borrow(i, bob, 600_000e6);
        }
    }

    function test_refillCredit_setsCashAsideUpToTheTarget() public {
        assertEq(net.refill(B, A), TARGET);
        assertEq(net.router(B).reservedFor(net.eid(A)), TARGET);
        assertEq(net.vault(B).freeCash(), _units(B, 400_000e6 - TARGET));
        assertEq(net.vault(B).books().cash, _units(B, 400_000e6));
        assertEq(net.router(A).credit(net.eid(B)), 0);
        net.assertNetwork();
        net.deliverAll();
        assertEq(net.router(A).credit(net.eid(B)), TARGET);
        net.assertNetwork();
    }

    function test_refillCredit_movesNoRate() public {
        uint256 rate = net.vault(B).borrowRate();
        net.refill(B, A);
        assertEq(net.vault(B).borrowRate(), rate);
    }

    function test_refillCredit_revertsWith_NothingToGrant_CreditTarget() public {
        net.refill(B, A);
        _expectNothing(Limit.CreditTarget);
    }

    function test_refillCredit_refillsOnceHalfIsSpent() public {
        net.refill(B, A);
        net.deliverAll();
        net.transfer(A, B, carol, dave, 20_000e6);
        net.deliverAll();
        _expectNothing(Limit.CreditTarget);
        net.transfer(A, B, carol, dave, 6000e6);
        net.deliverAll();
        assertEq(net.refill(B, A), 26_000e6);
        net.deliverAll();
        assertEq(net.router(A).credit(net.eid(B)), TARGET);
        net.assertNetwork();
    }

    function test_refillCredit_revertsWith_NothingToGrant_Utilization() public {
        net.borrow(B, bob, 310_000e6);
        _expectNothing(Limit.Utilization);
    }

    function test_refillCredit_isBoundedByReservedShare() public {
        net.setLaneTerms(B, A, Production.CAP, Production.MAX_CREDIT, 150_000e6);
        assertEq(net.refill(B, A), 100_000e6);
        // A quarter of 400,000 is reserved.
        (uint64 most, Limit limit) = net.router(B).maxGrant(net.eid(C));
        assertEq(most, 0);
        assertEq(uint8(limit), uint8(Limit.ReservedShare));
    }

    function test_refillCredit_isBoundedByTheLaneCap() public {
        net.setLaneTerms(B, A, 30_000e6, Production.MAX_CREDIT, Production.CREDIT_TARGET);
        uint256 cap = _lane(B, A).cap.decode();
        assertEq(net.refill(B, A), cap);
        net.assertNetwork();
    }

    function test_refillCredit_isBoundedByFreeCash() public {
        Limits memory limits = Production.limits();
        limits.grantUtilization = 10_000;
        net.setLimits(B, limits);
        net.borrow(B, bob, 395_000e6);
        // 5,000 are left, the floor keeps 1,000 and a quarter of cash is 1,250.
        (uint64 most, Limit limit) = net.router(B).maxGrant(net.eid(A));
        assertEq(most, 1250e6);
        assertEq(uint8(limit), uint8(Limit.ReservedShare));
        net.borrow(B, bob, 3900e6);
        // 1,100 are left.
        (most, limit) = net.router(B).maxGrant(net.eid(A));
        assertEq(most, 1100e6 - net.router(B).limits().cashFloor.decode());
        assertEq(uint8(limit), uint8(Limit.FreeCash));
    }

    function test_refillCredit_isBoundedByPeerShare() public {
        Limits memory limits = Production.limits();
        limits.peerShare = 300;
        net.setLimits(B, limits);
        assertEq(net.refill(B, A), 30_000e6);
    }

    function test_refillCredit_revertsWith_NothingToGrant_PeerLeverage() public {
        (uint256 packet, Told memory told) = _onItsWay(A, B);
        told.equity = MessageFormat.size(100e6);
        told.owed = MessageFormat.size(101e6);
        net.forge(packet, MessageFormat.bare(told));
        net.deliver(packet);
        _expectNothing(Limit.PeerLeverage);
    }

    function test_refillCredit_revertsWith_UnknownLane() public {
        ILaneRouter router = net.router(B);
        vm.expectRevert(abi.encodeWithSelector(ILaneRouter.UnknownLane.selector, 30_999));
        router.refillCredit(30_999);
    }

    function test_returnCredit_givesBackWhatIsAboveTheTarget() public {
        net.refill(B, A);
        net.deliverAll();
        net.setLaneTerms(B, A, Production.CAP, Production.MAX_CREDIT, 20_480e6);
        net.sync(B, A);
        net.deliverAll();
        uint256 lower = 20_480e6;
        assertEq(net.returnCredit(A, B), TARGET - lower);
        assertEq(net.router(A).credit(net.eid(B)), lower);
        // The cash stays reserved until the other side knows.
        assertEq(net.router(B).reservedFor(net.eid(A)), TARGET);
        net.assertNetwork();
        net.deliverAll();
        assertEq(net.router(B).reservedFor(net.eid(A)), lower);
        assertEq(net.vault(B).freeCash(), _units(B, 400_000e6 - lower));
        net.assertNetwork();
    }

    function test_returnCredit_revertsWith_NothingToReturn() public {
        net.refill(B, A);
        net.deliverAll();
        vm.expectRevert(abi.encodeWithSelector(ILaneRouter.NothingToReturn.selector));
        net.returnCredit(A, B);
    }

    function _expectNothing(Limit limit) private {
        vm.expectRevert(abi.encodeWithSelector(ILaneRouter.NothingToGrant.selector, limit));
        net.refill(B, A);
    }
}
