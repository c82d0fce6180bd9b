// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Lane, Order} from "../../contracts/interfaces/ILaneRouter.sol";
import {MessageFormat, Told} from "../fixtures/MessageFormat.sol";
import {NetworkTest} from "../fixtures/NetworkTest.sol";
import {Production} from "../fixtures/Production.sol";

/// @notice A's validators and its DVNs are corrupt: B hears anything in A's name.
contract ForgedStatementAttackTest is NetworkTest {
    function setUp() public override {
        super.setUp();
        _openNetwork();
        net.transfer(A, B, carol, dave, 20_000e6);
        net.deliverAll();
        skip(1 days);
    }

    /// @dev Every number at its largest: nothing reverts, B gains or loses at most what its allowance for interest admits,
    /// and after an honest statement the lane is what it was.
    function test_forgedStatement_maximalNumbersDoNotStick() public {
        uint256 assets = net.vault(B).totalAssets();
        uint256 unvested = net.vault(B).books().unvested;
        (uint256 packet,) = _onItsWay(A, B);
        net.forge(packet, MessageFormat.bare(_maximal()));
        net.deliver(packet);
        Lane memory l = _lane(B, A);
        assertEq(l.coverage, 10_000);
        assertEq(l.remoteTime, block.timestamp);
        // A day of 100 % a year on the larger of the claim and a sixteenth of the cap.
        uint256 most = uint256(Production.CAP / 16) * Production.MAX_INTEREST_RATE * 1 days / 1e18;
        assertLe(l.earned, most);
        assertEq(net.vault(B).totalAssets(), assets);
        assertLe(net.vault(B).books().unvested - unvested, most);
        net.assertNetwork();

        net.syncAll();
        assertEq(net.router(B).reservedFor(net.eid(A)), TARGET - 20_000e6);
        net.assertNetwork();
        _checkThatTheLaneWorks();
    }

    function test_forgedStatement_zerosDoNotStick() public {
        (uint256 packet,) = _onItsWay(A, B);
        Told memory zeros;
        net.forge(packet, MessageFormat.bare(zeros));
        net.deliver(packet);
        // Coverage 0: the claim counts for nothing until the next statement.
        assertEq(net.vault(B).books().claimsValue, 0);
        net.assertNetwork();
        uint256 assets = net.vault(B).totalAssets();
        net.syncAll();
        assertEq(net.vault(B).books().claimsValue, net.vault(B).books().claimsFace);
        // I5: what comes back drips.
        assertLe(net.vault(B).totalAssets(), assets + 1e12);
        net.assertNetwork();
        _checkThatTheLaneWorks();
    }

    /// @dev I6: orders without end cost B what is reserved and what it grants again: its cap for A, no more.
    function test_forgedOrders_costAtMostTheCap() public {
        net.setHonest(false);
        uint256 before = net.vault(B).books().cash;
        for (uint256 i; i < 30; ++i) {
            Order[] memory orders = new Order[](1);
            orders[0] = Order(carol, uint64(net.router(B).reservedFor(net.eid(A))), 0, "");
            uint256 packet = net.sendRaw(A, B, MessageFormat.encode(_plausible(), orders));
            net.deliver(packet);
            try net.refill(B, A) {} catch {}
            net.assertNetwork();
        }
        uint256 lost = (before - net.vault(B).books().cash) / 1e12;
        assertEq(net.asset(B).balanceOf(carol), lost * 1e12);
        assertLe(lost, Production.CAP);
    }

    function test_forgedOrders_maximalAmountsArePaidToNobody() public {
        net.setHonest(false);
        Order[] memory orders = new Order[](1);
        orders[0] = Order(carol, type(uint64).max, type(uint64).max, "");
        uint256 packet = net.sendRaw(A, B, MessageFormat.encode(_maximal(), orders));
        net.deliver(packet);
        assertEq(net.asset(B).balanceOf(carol), 0);
        assertTrue(net.router(B).unfundedOrder(net.packet(packet).guid, 0) != 0);
        net.assertNetwork();
    }

    /// @dev "All your credit was returned": B frees the cash that it reserved, and somebody borrows it. The next honest
    /// statement brings the reserve back; it must not fail because the cash is gone (I7).
    function test_forgedReturn_doesNotBlockTheLaneWhenTheFreedCashIsLent() public {
        (uint256 packet, Told memory told) = _onItsWay(A, B);
        told.returned = type(uint64).max;
        net.forge(packet, MessageFormat.bare(told));
        net.deliver(packet);
        assertEq(net.router(B).reservedFor(net.eid(A)), 0);
        net.borrow(B, bob, net.vault(B).freeCash() / 1e12);
        net.assertNetwork();
        packet = net.packetOf(net.sync(A, B));
        net.deliver(packet);
        net.assertNetwork();
    }

    /// @dev B paid an order that A never sold. Once both have told each other the truth, A sells no more than B has set
    /// aside: B's statement says what it has paid.
    function test_forgedOrders_creditSoldAfterwardsIsBacked() public {
        net.setHonest(false);
        Order[] memory orders = new Order[](1);
        orders[0] = Order(carol, 10_000e6, 0, "");
        uint256 packet = net.sendRaw(A, B, MessageFormat.encode(_plausible(), orders));
        net.deliver(packet);
        net.syncAll();
        assertLe(net.router(A).credit(net.eid(B)), net.router(B).reservedFor(net.eid(A)));
    }

    function _checkThatTheLaneWorks() private {
        uint256 balance = net.asset(B).balanceOf(dave);
        net.transfer(A, B, carol, dave, 1000e6);
        net.transfer(B, A, carol, dave, 1000e6);
        net.deliverAll();
        assertEq(net.asset(B).balanceOf(dave), balance + 1000e18);
        assertEq(net.asset(A).balanceOf(dave), 1000e6);
        net.assertNetwork();
    }

    function _maximal() private pure returns (Told memory) {
        uint64 most = type(uint64).max;
        uint24 size = type(uint24).max;
        return Told(
            most,
            most,
            most,
            most,
            most,
            most,
            most,
            most,
            size,
            size,
            size,
            size,
            size,
            size,
            size,
            size,
            size,
            type(uint16).max,
            size,
            size,
            0,
            type(uint32).max
        );
    }

    /// @dev What A says honestly, at this moment.
    function _plausible() private returns (Told memory told) {
        (, told) = _onItsWay(A, B);
    }
}
