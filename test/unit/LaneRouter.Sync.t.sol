// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ILaneRouter} from "../../contracts/interfaces/ILaneRouter.sol";
import {IRouter} from "../fixtures/Contracts.sol";
import {MessageFormat, Told} from "../fixtures/MessageFormat.sol";
import {NetworkTest} from "../fixtures/NetworkTest.sol";
import {Production} from "../fixtures/Production.sol";

contract LaneRouterSyncTest is NetworkTest {
    function setUp() public override {
        super.setUp();
        _openNetwork();
    }

    function test_sync_tellsTheVaultsCondition_6Decimals() public {
        _checkTold(A, B);
    }

    function test_sync_tellsTheVaultsCondition_18Decimals() public {
        _checkTold(B, A);
    }

    function _checkTold(uint256 i, uint256 j) private {
        net.transfer(i, j, carol, dave, 10_000e6);
        (, Told memory told) = _onItsWay(i, j);
        assertEq(told.ordered, 10_000e6);
        assertEq(told.granted, _lane(i, j).granted);
        assertEq(told.cash, MessageFormat.size(410_000e6));
        assertEq(told.loans, MessageFormat.size(600_000e6));
        assertEq(told.owed, MessageFormat.size(10_000e6));
        assertEq(told.equity, MessageFormat.size(1_000_000e6));
        assertEq(told.gross, MessageFormat.size(1_010_000e6));
        assertEq(told.free, MessageFormat.size(410_000e6 - net.vault(i).books().reserved));
        assertEq(told.coverage, 10_000);
        assertEq(told.cap, MessageFormat.size(Production.CAP));
        assertEq(told.creditTarget, MessageFormat.size(TARGET));
        assertEq(told.flags, 0);
        assertEq(told.time, block.timestamp);
        // Nothing has had time to weigh in the averages.
        assertEq(told.averageLoans, 0);
        assertEq(told.averageFree, 0);
        // 600,000 of 1,010,000 at u = 600/1010: 6 % * u / 0.9 a year, less a tenth.
        uint256 rate = net.vault(i).borrowRate() * 600_000e6 / 1_010_000e6 * 9 / 10;
        assertEq(told.supplyRate, MessageFormat.size(rate));
    }

    function test_sync_averagesFollowWithTheAveragingPeriod() public {
        // One step of four hours at a period of four hours: half way.
        skip(4 hours);
        (, Told memory told) = _onItsWay(A, B);
        assertApproxEqRel(net.vault(A).report().averageLoans, 300_000e6, 1e13);
        assertApproxEqRel(net.vault(A).report().averageFree, 150_848e6, 1e13);
        assertEq(told.averageLoans, MessageFormat.size(net.vault(A).report().averageLoans));
    }

    function test_sync_isTakenByTheOtherSide() public {
        skip(1 hours);
        net.sync(A, B);
        uint256 sent = block.timestamp;
        skip(1 minutes);
        net.deliverAll();
        assertEq(_lane(B, A).remoteTime, sent);
        assertApproxEqRel(_lane(B, A).remoteLoans.decode(), net.vault(A).report().loans, 1e13);
        assertEq(_lane(B, A).remoteGranted, _lane(A, B).granted);
        net.assertNetwork();
    }

    function test_sync_revertsWith_UnknownLane() public {
        IRouter router = net.router(A);
        vm.expectRevert(abi.encodeWithSelector(ILaneRouter.UnknownLane.selector, 30_999));
        router.sync(30_999);
    }

    function test_sync_refundsTheRestOfTheMessageFee() public {
        IRouter router = net.router(A);
        uint32 eid = net.eid(B);
        vm.deal(carol, 1 ether);
        vm.prank(carol);
        router.sync{value: 1 ether}(eid);
        assertEq(carol.balance, 1 ether - router.quoteSync(eid));
    }
}
