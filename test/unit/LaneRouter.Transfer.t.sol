// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ILaneRouter, Lane, TransferParams, TransferQuote} from "../../contracts/interfaces/ILaneRouter.sol";
import {LaneFlags} from "../../contracts/libraries/MessageCodec.sol";
import {IRouter} from "../fixtures/Contracts.sol";
import {MessageFormat, Told} from "../fixtures/MessageFormat.sol";
import {NetworkTest} from "../fixtures/NetworkTest.sol";
import {Production} from "../fixtures/Production.sol";

contract LaneRouterTransferTest is NetworkTest {
    function setUp() public override {
        super.setUp();
        _openNetwork();
    }

    function test_transfer_pays_6to18Decimals() public {
        _transferAndCheck(A, B);
    }

    function test_transfer_pays_18to6Decimals() public {
        _transferAndCheck(B, A);
    }

    function test_transfer_pays_6to6Decimals() public {
        _transferAndCheck(C, A);
    }

    function _transferAndCheck(uint256 i, uint256 j) private {
        uint256 cashBefore = net.vault(i).books().cash;
        uint256 paying = net.vault(j).books().cash;
        net.transfer(i, j, carol, dave, 1234.567891e6);
        // The seller has the money and owes it; the credit is spent; the recipient has nothing yet.
        assertEq(net.vault(i).books().cash - cashBefore, _units(i, 1234.567891e6));
        assertEq(_position(i, j), -1234.567891e6);
        assertEq(net.router(i).credit(net.eid(j)), TARGET - 1234.567891e6);
        assertEq(net.asset(j).balanceOf(dave), 0);
        net.assertNetwork();

        net.deliverAll();
        assertEq(net.asset(j).balanceOf(dave), _units(j, 1234.567891e6));
        assertEq(paying - net.vault(j).books().cash, _units(j, 1234.567891e6));
        assertEq(net.router(j).reservedFor(net.eid(i)), TARGET - 1234.567891e6);
        assertEq(_position(j, i), 1234.567891e6);
        net.assertNetwork();
    }

    function test_transfer_leavesWhatIsBelowASharedUnit() public {
        net.give(B, carol, 6e6);
        net.transferOnly(B, A, carol, dave, 5e18 + 999_999_999_999);
        assertEq(net.asset(B).balanceOf(carol), 1e18);
        net.deliverAll();
        assertEq(net.asset(A).balanceOf(dave), 5e6);
        net.assertNetwork();
    }

    function test_transfer_changesNoPricesAndNoRates() public {
        uint256 assets = net.vault(A).totalAssets();
        uint256 other = net.vault(B).totalAssets();
        net.transfer(A, B, carol, dave, 20_000e6);
        assertEq(net.vault(A).totalAssets(), assets);
        net.deliverAll();
        assertEq(net.vault(A).totalAssets(), assets);
        assertEq(net.vault(B).totalAssets(), other);
    }

    function test_transfer_thereAndBackLeavesNothingOwed() public {
        net.transfer(A, B, carol, dave, 20_000e6);
        net.transfer(B, A, carol, dave, 20_000e6);
        net.deliverAll();
        assertEq(_position(A, B), 0);
        assertEq(_position(B, A), 0);
        assertEq(_lane(A, B).scaledDebt, 0);
        net.assertNetwork();
    }

    function test_transfer_refundsTheRestOfTheMessageFee() public {
        net.give(A, carol, 100e6);
        IRouter router = net.router(A);
        TransferParams memory params = _params(100e6);
        uint256 fee = router.quoteTransfer(params.dstEid, 100e6).messageFee;
        assertEq(fee, 3 gwei);
        vm.deal(carol, 1 ether);
        vm.prank(carol);
        router.transfer{value: 1 ether}(params);
        assertEq(carol.balance, 1 ether - fee);
        assertEq(address(router).balance, 0);
    }

    function test_quoteTransfer_saysWhatTransferDoes() public {
        TransferQuote memory q = net.router(B).quoteTransfer(net.eid(A), 5e18 + 7);
        assertEq(q.gross, 5e6);
        assertEq(q.fee, 0);
        assertEq(q.received, 5e6);
        assertEq(q.available, TARGET);
    }

    function test_transfer_revertsWith_InsufficientCredit() public {
        _expect(abi.encodeWithSelector(ILaneRouter.InsufficientCredit.selector, net.eid(B), TARGET + 1, TARGET));
        net.transfer(A, B, carol, dave, TARGET + 1);
    }

    function test_transfer_sellsNoMoreCreditThanItAccepts() public {
        net.setLaneTerms(A, B, Production.CAP, 1000e6, TARGET);
        uint256 accepted = _lane(A, B).maxCredit.decode();
        _expect(abi.encodeWithSelector(ILaneRouter.InsufficientCredit.selector, net.eid(B), 1000e6 + 1, accepted));
        net.transfer(A, B, carol, dave, 1000e6 + 1);
    }

    function test_transfer_revertsWith_BelowMinimumTransfer() public {
        uint256 minimum = net.router(A).limits().minimumTransfer.decode();
        _expect(abi.encodeWithSelector(ILaneRouter.BelowMinimumTransfer.selector, minimum - 1, minimum));
        net.transfer(A, B, carol, dave, minimum - 1);
    }

    function test_transfer_revertsWith_AmountBelowSharedUnit() public {
        _expect(abi.encodeWithSelector(ILaneRouter.AmountBelowSharedUnit.selector, 1e12 - 1, 1e12));
        net.transferOnly(B, A, carol, dave, 1e12 - 1);
    }

    function test_transfer_revertsWith_AmountTooLarge() public {
        uint256 amount = uint256(type(uint64).max) + 1;
        _expect(abi.encodeWithSelector(ILaneRouter.AmountTooLarge.selector, amount));
        net.transferOnly(A, B, carol, dave, amount);
    }

    function test_transfer_revertsWith_ZeroAddress() public {
        _expect(abi.encodeWithSelector(ILaneRouter.ZeroAddress.selector));
        net.transfer(A, B, carol, address(0), 100e6);
    }

    function test_transfer_revertsWith_UnknownLane() public {
        IRouter router = net.router(A);
        TransferParams memory params = _params(100e6);
        params.dstEid = 30_999;
        _expect(abi.encodeWithSelector(ILaneRouter.UnknownLane.selector, 30_999));
        router.transfer(params);
    }

    function test_transfer_revertsWith_DeadlinePassed() public {
        IRouter router = net.router(A);
        TransferParams memory params = _params(100e6);
        params.deadline = uint40(block.timestamp - 1);
        _expect(abi.encodeWithSelector(ILaneRouter.DeadlinePassed.selector, block.timestamp - 1, block.timestamp));
        router.transfer(params);
    }

    function test_transfer_revertsWith_ReceivedBelowMinimum() public {
        IRouter router = net.router(A);
        TransferParams memory params = _params(100e6);
        params.minReceived = 100e6 + 1;
        _expect(abi.encodeWithSelector(ILaneRouter.ReceivedBelowMinimum.selector, 100e6, 100e6 + 1));
        router.transfer(params);
    }

    function test_transfer_revertsWith_LaneFrozen() public {
        (uint256 packet, Told memory told) = _onItsWay(B, A);
        told.flags = LaneFlags.FROZEN;
        net.forge(packet, MessageFormat.bare(told));
        net.deliver(packet);
        _expect(abi.encodeWithSelector(ILaneRouter.LaneFrozen.selector, net.eid(B)));
        net.transfer(A, B, carol, dave, 100e6);
        // An honest statement without the flag opens it again.
        net.sync(B, A);
        net.deliverAll();
        net.transfer(A, B, carol, dave, 100e6);
    }

    function test_transfer_revertsWhenTheMessageFeeIsShort() public {
        IRouter router = net.router(A);
        net.give(A, carol, 100e6);
        TransferParams memory params = _params(100e6);
        vm.deal(carol, 3 gwei);
        vm.prank(carol);
        vm.expectRevert();
        router.transfer{value: 3 gwei - 1}(params);
        net.assertNetwork();
    }

    function test_transfer_revertsWhenTheCallerCannotPay() public {
        IRouter router = net.router(A);
        TransferParams memory params = _params(100e6);
        vm.deal(dave, 3 gwei);
        vm.prank(dave);
        vm.expectRevert();
        router.transfer{value: 3 gwei}(params);
    }

    function _params(uint256 amount) private view returns (TransferParams memory) {
        return TransferParams(net.eid(B), dave, amount, 0, uint40(block.timestamp));
    }

    function _expect(bytes memory reason) private {
        vm.expectRevert(reason);
    }
}
