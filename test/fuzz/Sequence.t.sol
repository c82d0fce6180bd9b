// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {NetworkTest} from "../fixtures/NetworkTest.sol";

/// @notice Random calls by users and keepers on three vaults, messages delivered in any order or not at all for a while.
/// Calls that the rules refuse are part of the game. Whatever happened: once all is delivered and told, nothing is owed to
/// recipients, nothing is on the way, and every invariant holds.
contract SequenceFuzzTest is NetworkTest {
    uint256 private constant STEPS = 40;

    /// forge-config: default.fuzz.runs = 48
    function testFuzz_sequence_endsWell(uint256 seed) public {
        _openNetwork();
        // A gap from the start, so that there is something to rebalance.
        net.repay(A, bob, 500_000e6);
        net.borrow(B, bob, 280_000e6);
        skip(1 days);
        for (uint256 step; step < STEPS; ++step) {
            seed = uint256(keccak256(abi.encode(seed)));
            _act(seed);
            if (step % 8 == 7) net.assertNetwork();
        }
        net.deliverAll();
        net.assertNetwork();
        net.syncAll();
        net.syncAll();
        net.assertNetwork();
        for (uint256 i; i < 3; ++i) {
            for (uint256 j; j < 3; ++j) {
                if (i == j) continue;
                assertEq(net.unpaid(i, j), 0, "every order is paid");
                assertEq(net.onRails(i, j), 0, "every rail has arrived");
                assertEq(net.router(i).inFlight(net.eid(j)), 0, "both sides know");
            }
        }
    }

    function _act(uint256 seed) private {
        uint256 i = (seed >> 8) % 3;
        uint256 j = (i + 1 + (seed >> 16) % 2) % 3;
        uint256 amount = 1e6 + (seed >> 32) % 60_000e6;
        uint256 kind = seed % 16;
        if (kind < 4) {
            try net.transfer(i, j, carol, dave, amount) {} catch {}
        } else if (kind < 8) {
            uint256 count = net.packetCount();
            uint256 number = (seed >> 96) % count;
            if (!net.isDelivered(number)) net.tryDeliver(number);
        } else if (kind == 8) {
            uint256 count = net.composeCount();
            if (count != 0 && !net.isComposed((seed >> 96) % count)) net.deliverCompose((seed >> 96) % count);
        } else if (kind == 9) {
            try net.refill(i, j) {} catch {}
        } else if (kind == 10) {
            _rebalance(seed);
        } else if (kind == 11) {
            net.sync(i, j);
        } else if (kind == 12) {
            skip((seed >> 96) % 3 hours);
        } else if (kind == 13) {
            try net.borrow(i, bob, amount * 5) {} catch {}
        } else if (kind == 14) {
            if (seed >> 128 & 1 == 0) net.supply(i, alice, amount * 5);
            else try net.withdraw(i, alice, amount) {} catch {}
        } else {
            try net.repay(i, bob, amount * 5) {} catch {}
        }
    }

    /// @dev The first lane that admits a move, from a random one on.
    function _rebalance(uint256 seed) private {
        for (uint256 k; k < 6; ++k) {
            uint256 i = (k + (seed >> 8)) % 3;
            uint256 j = (i + 1 + (k + (seed >> 16)) % 2) % 3;
            net.tryDeliver(net.packetOf(net.sync(j, i)));
            (uint64 most,) = net.maxRebalance(i, j);
            if (most == 0) continue;
            net.rebalance(i, j, most);
            return;
        }
    }
}
