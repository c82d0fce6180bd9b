// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ILaneRouter, Lane, Limit, Limits} from "../../contracts/interfaces/ILaneRouter.sol";
import {Report} from "../../contracts/interfaces/IVault.sol";
import {Float24, FloatCodec} from "../../contracts/libraries/Float.sol";
import {IRouter} from "../fixtures/Contracts.sol";
import {MessageFormat, Told} from "../fixtures/MessageFormat.sol";
import {NetworkTest} from "../fixtures/NetworkTest.sol";
import {Production} from "../fixtures/Production.sol";

/// @dev A and C are idle (10 % and 50 % lent), B is short (90 % lent), for a day.
contract LaneRouterRebalanceTest is NetworkTest {
    function setUp() public override {
        super.setUp();
        for (uint256 i; i < 3; ++i) {
            net.supply(i, alice, 1_000_000e6);
        }
        net.borrow(A, bob, 100_000e6);
        net.borrow(B, bob, 900_000e6);
        net.borrow(C, bob, 500_000e6);
        skip(1 days);
        net.syncAll();
    }

    // ------------------------------------------------------------------------------------------------- gap

    function test_rebalance_movesCashToWhereItIsShort() public {
        (uint64 most, Limit limit) = net.maxRebalance(A, B);
        assertEq(uint8(limit), uint8(Limit.Gap));
        uint256 cash = net.vault(A).books().cash;
        net.rebalance(A, B, most);
        assertEq(net.vault(A).books().cash, cash - most);
        assertEq(net.router(A).inFlight(net.eid(B)), most);
        net.assertNetwork();

        cash = net.vault(B).books().cash;
        net.deliverAll();
        assertEq(net.vault(B).books().cash, cash + _units(B, most));
        assertEq(_position(A, B), int256(uint256(most)));
        assertEq(_position(B, A), -int256(uint256(most)));
        net.assertNetwork();
        net.syncAll();
        assertEq(net.router(A).inFlight(net.eid(B)), 0);
        net.assertNetwork();
    }

    /// @dev The amount is the least of what the four combinations of spot and average admit, shared by two sources.
    function test_maxRebalance_isHalfOfTheLeastGap() public view {
        Report memory own = net.vault(A).report();
        Lane memory l = _lane(A, B);
        uint256 least = type(uint256).max;
        for (uint256 i; i < 4; ++i) {
            (uint256 b, uint256 free) = i < 2 ? (own.loans, own.free) : (own.averageLoans, own.averageFree);
            (uint256 remoteB, uint256 remoteFree) = i % 2 == 0
                ? (l.remoteLoans.decode(), l.remoteFree.decode())
                : (l.remoteAverageLoans.decode(), l.remoteAverageFree.decode());
            uint256 even = (remoteB * free - b * remoteFree) / (b + remoteB) / 2;
            if (even < least) least = even;
        }
        (uint64 most,) = net.maxRebalance(A, B);
        assertEq(most, least);
        // 900 * 900 - 100 * 100 over 1,000, halved, is 400 thousand; averages lag a seventh of the way behind.
        assertGt(most, 250_000e6);
        assertLt(most, 400_000e6);
    }

    function test_rebalance_ofAllSourcesDoesNotOvershoot() public {
        (uint64 fromA,) = net.maxRebalance(A, B);
        (uint64 fromC,) = net.maxRebalance(C, B);
        net.rebalance(A, B, fromA);
        net.rebalance(C, B, fromC);
        net.deliverAll();
        Report memory b = net.vault(B).report();
        Report memory a = net.vault(A).report();
        assertGe(b.loans * (a.loans + a.free), a.loans * (b.loans + b.free));
        Report memory c = net.vault(C).report();
        assertGe(b.loans * (c.loans + c.free), c.loans * (b.loans + b.free));
        net.assertNetwork();
    }

    function test_maxRebalance_countsValueInFlight() public {
        (uint64 most,) = net.maxRebalance(A, B);
        net.rebalance(A, B, most / 2);
        skip(11 minutes);
        (uint64 rest,) = net.maxRebalance(A, B);
        // Half of the gap's half has left and the other source's half is not ours: no more than what is left of the gap.
        assertLt(rest, most);
        net.assertNetwork();
    }

    function test_maxRebalance_isNothingAgainstTheGap() public view {
        (uint64 most, Limit limit) = net.maxRebalance(B, A);
        assertEq(most, 0);
        assertEq(uint8(limit), uint8(Limit.NoGap));
    }

    function test_maxRebalance_falseGapBySpotMovesNothing() public {
        // B's gap to C is closed for a day, then bob borrows all in one moment and tells at once.
        net.repay(B, bob, 450_000e6);
        skip(3 days);
        net.syncAll();
        (uint64 most,) = net.maxRebalance(C, B);
        assertEq(most, 0);
        net.borrow(B, bob, 450_000e6);
        net.sync(B, C);
        net.deliverAll();
        Limit limit;
        (most, limit) = net.maxRebalance(C, B);
        assertEq(most, 0);
        assertEq(uint8(limit), uint8(Limit.NoGap));
    }

    function test_maxRebalance_falseGapAtTheSourceMovesNothing() public {
        net.repay(B, bob, 450_000e6);
        skip(3 days);
        net.syncAll();
        // A flash deposit at C makes it look idle.
        net.supply(C, carol, 10_000_000e6);
        (uint64 most, Limit limit) = net.maxRebalance(C, B);
        assertEq(most, 0);
        assertEq(uint8(limit), uint8(Limit.NoGap));
    }

    // ------------------------------------------------------------------------------------------------- two keepers

    function test_rebalance_revertsWith_MoveNumberUsed() public {
        (uint64 most,) = net.maxRebalance(A, B);
        net.rebalanceAs(A, B, most / 2, 0);
        vm.expectRevert(abi.encodeWithSelector(ILaneRouter.MoveNumberUsed.selector, 0, most / 2));
        net.rebalanceAs(A, B, most / 2, 0);
        net.assertNetwork();
    }

    // ------------------------------------------------------------------------------------------------- limits

    function test_rebalance_revertsWith_RebalanceRefused() public {
        (uint64 most, Limit limit) = net.maxRebalance(A, B);
        vm.expectRevert(abi.encodeWithSelector(ILaneRouter.RebalanceRefused.selector, most + 1, most, limit));
        net.rebalance(A, B, most + 1);
    }

    function test_rebalance_revertsWith_RebalanceRefused_Minimum() public {
        uint64 minimum = Production.MINIMUM_MOVE;
        vm.expectRevert(
            abi.encodeWithSelector(ILaneRouter.RebalanceRefused.selector, minimum - 1, minimum, Limit.Minimum)
        );
        net.rebalance(A, B, minimum - 1);
        net.rebalance(A, B, minimum);
    }

    function test_rebalance_revertsWith_RebalanceRefused_zero() public {
        IRouter router = net.router(A);
        uint32 eid = net.eid(B);
        vm.expectPartialRevert(ILaneRouter.RebalanceRefused.selector);
        router.rebalance(eid, 0, 0);
    }

    function test_rebalance_revertsWith_UnknownLane() public {
        IRouter router = net.router(A);
        vm.expectRevert(abi.encodeWithSelector(ILaneRouter.UnknownLane.selector, 30_999));
        router.rebalance(30_999, 1, 0);
    }

    function test_maxRebalance_staleStatement() public {
        skip(30 minutes);
        (uint64 most,) = net.maxRebalance(A, B);
        assertGt(most, 0);
        skip(1);
        _expectLimit(Limit.StaleStatement);
    }

    function test_maxRebalance_recentMove() public {
        (uint64 most,) = net.maxRebalance(A, B);
        net.rebalance(A, B, most / 4);
        _expectLimit(Limit.RecentMove);
        // A statement from before the move does not do; one from after it does.
        skip(1 minutes);
        _expectLimit(Limit.RecentMove);
        net.sync(B, A);
        net.deliverAll();
        (most,) = net.maxRebalance(A, B);
        assertGt(most, 0);
    }

    function test_maxRebalance_recentMoveIsOverAfterTheInterval() public {
        (uint64 most,) = net.maxRebalance(A, B);
        net.rebalance(A, B, most / 4);
        skip(10 minutes);
        (most,) = net.maxRebalance(A, B);
        assertGt(most, 0);
    }

    function test_maxRebalance_laneCap() public {
        net.setLaneTerms(A, B, 81_920e6, Production.MAX_CREDIT, TARGET);
        assertEq(_expectLimit(Limit.LaneCap), 81_920e6);
        net.rebalance(A, B, 81_920e6);
        net.assertNetwork();
    }

    function test_maxRebalance_peerShare() public {
        Limits memory limits = Production.limits();
        limits.peerShare = 1000;
        net.setLimits(A, limits);
        assertEq(_expectLimit(Limit.PeerShare), net.vault(A).report().equity / 10);
    }

    function test_maxRebalance_freeCashAboveTheFloor() public {
        Limits memory limits = Production.limits();
        limits.cashFloor = _float(786_432e6);
        net.setLimits(A, limits);
        assertEq(_expectLimit(Limit.FreeCash), net.vault(A).freeCash() - 786_432e6);
    }

    function test_maxRebalance_peerLeverage() public {
        (uint256 packet, Told memory told) = _onItsWay(B, A);
        told.owed = told.equity + 1;
        net.forge(packet, MessageFormat.bare(told));
        net.deliver(packet);
        assertEq(_expectLimit(Limit.PeerLeverage), 0);
    }

    function test_maxRebalance_nothingBelowTheMinimum() public {
        Limits memory limits = Production.limits();
        limits.minimumMove = _float(786_432e6);
        net.setLimits(A, limits);
        assertEq(_expectLimit(Limit.Minimum), 0);
    }

    function test_maxRebalance_insideTheDeadBand() public {
        Limits memory limits = Production.limits();
        limits.deadBand = 5000;
        net.setLimits(C, limits);
        (uint64 most, Limit limit) = net.maxRebalance(C, B);
        assertEq(most, 0);
        assertEq(uint8(limit), uint8(Limit.NoGap));
    }

    function test_rebalance_leavesReservedCashAlone() public {
        net.refill(A, B);
        net.deliverAll();
        Limits memory limits = Production.limits();
        limits.cashFloor = _float(0);
        net.setLimits(A, limits);
        (uint64 most,) = net.maxRebalance(A, B);
        net.rebalance(A, B, most);
        net.deliverAll();
        assertEq(net.vault(A).books().reserved, TARGET);
        net.assertNetwork();
    }

    function test_rebalance_refundsTheRestOfTheMessageFee() public {
        IRouter router = net.router(A);
        uint32 eid = net.eid(B);
        vm.deal(carol, 1 ether);
        uint256 fee = router.quoteRebalance(eid, 1000e6);
        vm.prank(carol);
        router.rebalance{value: 1 ether}(eid, 1000e6, 0);
        assertEq(carol.balance, 1 ether - fee);
    }

    function _float(uint256 value) private pure returns (Float24) {
        return FloatCodec.toFloat24Down(value);
    }

    function _expectLimit(Limit expected) private view returns (uint64 most) {
        Limit limit;
        (most, limit) = net.maxRebalance(A, B);
        assertEq(uint8(limit), uint8(expected));
    }
}
