// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ILaneRouter} from "../../contracts/interfaces/ILaneRouter.sol";
import {RAY} from "../../contracts/libraries/FixedPoint.sol";
import {MessageFormat, Told} from "../fixtures/MessageFormat.sol";
import {NetworkTest} from "../fixtures/NetworkTest.sol";

/// @dev A has lent 600,000 and holds 440,960, of which it owes B 40,960. By hand, for one day:
/// u = 600,000 / 1,040,960; 6 % * u / 0.9 a year is 1,219,493,888e-18 a second, rounded up to 11 bits;
/// interest 63.221893, of which 6.322189 is set aside and 56.899703 goes to the assets;
/// debt index 1 + 56.899703 / 1,040,960; owed 40,962.238907, rounded up.
contract LaneRouterInterestTest is NetworkTest {
    uint64 private constant DEBT = 40_960e6;
    uint64 private constant CHARGED = 2.238907e6;

    function setUp() public override {
        super.setUp();
        _openNetwork();
        net.transfer(A, B, carol, dave, DEBT);
        net.deliverAll();
    }

    function test_interest_isChargedToTheUnit() public {
        skip(1 days);
        net.sync(A, B);
        assertEq(net.vault(A).borrowRate(), 1_219_493_888);
        assertEq(net.vault(A).totalLoans(), 600_063.221893e6);
        assertEq(net.vault(A).books().setAside, 6.322189e6);
        assertEq(net.vault(A).books().debtIndex, 1.000054660796764525053796495e27);
        assertEq(_lane(A, B).charged, CHARGED);
        assertEq(_position(A, B), -int256(uint256(DEBT + CHARGED)));
        assertEq(net.vault(A).report().owed, DEBT + CHARGED);
        net.assertNetwork();
    }

    function test_interest_isChargedOnceHoweverOftenTold() public {
        skip(1 days);
        for (uint256 i; i < 3; ++i) {
            net.sync(A, B);
        }
        assertEq(_lane(A, B).charged, CHARGED);
        net.deliverAll();
        assertEq(_lane(B, A).earned, CHARGED);
        net.assertNetwork();
    }

    function test_interest_isAcceptedAndDripsIntoTheSharePrice() public {
        skip(1 days);
        net.sync(A, B);
        uint256 before = net.vault(B).totalAssets();
        vm.expectEmit(address(net.router(B)));
        emit ILaneRouter.InterestAccepted(net.eid(A), CHARGED);
        net.deliverAll();
        assertEq(_lane(B, A).earned, CHARGED);
        assertEq(_position(B, A), int256(uint256(DEBT + CHARGED)));
        // I5: the price did not jump.
        assertEq(net.vault(B).books().unvested, CHARGED);
        assertEq(net.vault(B).totalAssets(), before);
        net.assertNetwork();
        skip(3 hours);
        assertEq(net.vault(B).books().unvested, 1.119454e6);
        skip(3 hours);
        assertEq(net.vault(B).books().unvested, 0);
        net.assertNetwork();
    }

    function test_interest_isAcceptedWithAnOrderToo() public {
        skip(1 days);
        net.transfer(A, B, carol, dave, 1000e6);
        net.deliverAll();
        assertEq(_lane(B, A).earned, CHARGED);
        assertEq(_position(B, A), int256(uint256(DEBT + CHARGED + 1000e6)));
        net.assertNetwork();
    }

    function test_interest_isClippedToTheMaximumRateAndCaughtUp() public {
        skip(1 days);
        (uint256 packet, Told memory told) = _onItsWay(A, B);
        net.setHonest(false);
        told.charged = 1000e6;
        net.forge(packet, MessageFormat.bare(told));
        net.deliver(packet);
        // A day of 100 % a year on 40,960: 112.219 at most.
        uint256 first = _lane(B, A).earned;
        assertEq(first, uint256(40_960e6) * (31_709_791_983 * uint256(1 days)) / 1e18);
        skip(12 hours);
        (packet, told) = _onItsWay(A, B);
        told.charged = 1000e6;
        net.forge(packet, MessageFormat.bare(told));
        net.deliver(packet);
        uint256 second = _lane(B, A).earned - first;
        assertEq(second, (40_960e6 + first) * (31_709_791_983 * uint256(12 hours)) / 1e18);
        net.assertNetwork();
    }

    /// @dev One false number does not stick: what honest statements charge is accepted once it passes what was taken.
    function test_interest_falseChargeIsMadeUpFor() public {
        skip(1 days);
        (uint256 packet, Told memory told) = _onItsWay(A, B);
        told.charged += 1e6;
        net.forge(packet, MessageFormat.bare(told));
        net.deliver(packet);
        assertEq(_lane(B, A).earned, CHARGED + 1e6);
        net.assertNetwork();
        skip(1 days);
        net.syncAll();
        assertEq(_lane(B, A).earned, _lane(A, B).charged);
        net.assertNetwork();
    }

    function test_interest_endsWithTheDebt() public {
        skip(1 days);
        net.transfer(B, A, carol, dave, DEBT);
        net.deliverAll();
        // A day's interest is left, and what B has earned is what A was charged.
        assertEq(_position(A, B), -int256(uint256(CHARGED)));
        net.transfer(B, A, carol, dave, CHARGED);
        net.deliverAll();
        assertEq(_position(A, B), 0);
        assertEq(_lane(A, B).scaledDebt, 0);
        net.assertNetwork();
    }

    /// I9: suppliers of a debtor never pay more than its assets earn.
    function testFuzz_interest_debtorsSuppliersKeepAShare(uint256 time, uint256 loans) public {
        time = bound(time, 1, 365 days);
        net.borrow(A, bob, bound(loans, 1e6, 300_000e6));
        uint256 suppliers = net.vault(A).totalAssets();
        uint256 lent = net.vault(A).totalLoans();
        skip(time);
        net.sync(A, B);
        uint256 earned = net.vault(A).totalLoans() - lent;
        uint256 gained = net.vault(A).totalAssets() - suppliers;
        // Charged plus what suppliers gained is nine tenths of what was earned, within a unit of rounding.
        assertLe(_lane(A, B).charged + gained, earned * 9 / 10 + 2);
        assertGe(_lane(A, B).charged + gained + 2, earned * 9 / 10);
        // A unit of debt costs what a unit of assets earns.
        uint256 gross = net.vault(A).report().gross;
        assertLe(_lane(A, B).charged, earned * 9 / 10 * DEBT / (gross - earned) + 1);
        net.assertNetwork();
    }

    function test_interest_chainWithoutLoansPaysNothing() public {
        net.transfer(B, C, carol, dave, DEBT);
        net.deliverAll();
        net.repay(B, bob, 600_000e6);
        skip(1 days);
        net.sync(B, C);
        assertEq(_lane(B, C).charged, 0);
        assertEq(net.vault(B).books().debtIndex, RAY);
        net.assertNetwork();
    }
}
