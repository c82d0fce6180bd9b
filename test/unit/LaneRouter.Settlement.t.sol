// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Limit} from "../../contracts/interfaces/ILaneRouter.sol";
import {NetworkTest} from "../fixtures/NetworkTest.sol";
import {Production} from "../fixtures/Production.sol";

/// @dev A owes B 40,960 of the 65,536 that B lets it owe, and has cash to spare. No gap in the averages: no time passes.
contract LaneRouterSettlementTest is NetworkTest {
    uint64 private constant DEBT = 40_960e6;
    uint256 private order;

    function setUp() public override {
        super.setUp();
        _openNetwork();
        net.supply(A, alice, 500_000e6);
        net.setLaneTerms(B, A, 65_536e6, Production.MAX_CREDIT, TARGET);
        net.syncAll();
        net.transfer(A, B, carol, dave, DEBT);
        order = net.lastPacket();
    }

    function test_settlement_isAdmittedWithoutAGap() public {
        (uint64 most, Limit limit) = net.maxRebalance(A, B);
        assertEq(uint8(limit), uint8(Limit.Settlement));
        assertEq(most, DEBT);
    }

    function test_settlement_needsHalfOfTheCap() public {
        net.setLaneTerms(B, A, 98_304e6, Production.MAX_CREDIT, TARGET);
        net.sync(B, A);
        net.deliver(net.lastPacket());
        (uint64 most,) = net.maxRebalance(A, B);
        assertEq(most, 0);
        net.setLaneTerms(B, A, 81_920e6, Production.MAX_CREDIT, TARGET);
        net.sync(B, A);
        net.deliver(net.lastPacket());
        (most,) = net.maxRebalance(A, B);
        assertEq(most, DEBT);
    }

    function test_settlement_payoutFirst() public {
        net.deliver(order);
        assertEq(_position(B, A), int256(uint256(DEBT)));
        net.rebalance(A, B, DEBT);
        assertEq(_position(A, B), 0);
        net.assertNetwork();
        net.deliverAll();
        assertEq(_position(B, A), 0);
        net.assertNetwork();
    }

    function test_settlement_overtakesThePayout() public {
        net.rebalance(A, B, DEBT);
        net.deliver(net.lastPacket());
        net.assertNetwork();
        net.deliverLastCompose();
        // B has the money for a payout that it does not know of: it owes A.
        assertEq(_position(B, A), -int256(uint256(DEBT)));
        assertEq(net.vault(B).totalAssets(), 1_000_000e18);
        net.assertNetwork();
        net.deliver(order);
        assertEq(_position(B, A), 0);
        assertEq(_lane(B, A).scaledDebt, 0);
        assertEq(net.asset(B).balanceOf(dave), _units(B, DEBT));
        net.assertNetwork();
    }

    /// @dev The tokens are there before the compose, the payout in between, the compose last.
    function test_settlement_payoutOvertakesTheCompose() public {
        net.rebalance(A, B, DEBT);
        net.deliver(net.lastPacket());
        net.assertNetwork();
        net.deliver(order);
        net.assertNetwork();
        net.deliverLastCompose();
        assertEq(_position(A, B), 0);
        assertEq(_position(B, A), 0);
        net.assertNetwork();
    }

    /// @dev Interest runs on both sides while the payout is late, and is settled as interest.
    function test_settlement_overtakesThePayoutByADay() public {
        net.rebalance(A, B, DEBT);
        net.deliver(net.lastPacket());
        net.deliverLastCompose();
        skip(1 days);
        net.assertNetwork();
        net.deliver(order);
        net.assertNetwork();
        assertGt(_lane(B, A).charged, 0);
        net.syncAll();
        assertEq(_lane(A, B).earned, _lane(B, A).charged);
        net.assertNetwork();
    }
}
