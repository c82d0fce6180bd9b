// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IVault} from "../../contracts/interfaces/IVault.sol";
import {NetworkTest} from "../fixtures/NetworkTest.sol";

/// @notice Attacks on the share price: by donation, by rounding.
contract SharePriceAttackTest is NetworkTest {
    function testFuzz_attack_firstDepositorCannotInflate(uint256 first, uint256 donation, uint256 victims) public {
        first = bound(first, 1, 1e6);
        donation = bound(donation, 0, 10_000_000e6);
        victims = bound(victims, 1, 10_000_000e6);
        net.supply(A, carol, first);
        net.donate(A, donation);
        uint256 shares = net.supply(A, alice, victims);
        assertGe(net.vault(A).convertToAssets(shares) + victims / 1e6 + 1, victims);
        net.assertNetwork();
    }

    /// @dev Tokens sent to every contract of the chain: nothing anyone reads changes.
    function test_attack_donationsToAnyContractChangeNothing() public {
        _openNetwork();
        net.transfer(A, B, carol, dave, 10_000e6);
        net.deliverAll();
        bytes32 before = _state();
        address[3] memory targets = [address(net.market(B)), address(net.router(B)), address(net.vault(B))];
        for (uint256 i; i < 3; ++i) {
            net.give(B, carol, 1_000_000e6);
            vm.startPrank(carol);
            net.asset(B).transfer(targets[i], 1_000_000e18);
            vm.stopPrank();
        }
        assertEq(_state(), before);
    }

    function _state() private view returns (bytes32) {
        IVault v = net.vault(B);
        return keccak256(
            abi.encode(
                v.books(),
                v.report(),
                v.totalAssets(),
                v.borrowRate(),
                v.convertToAssets(1e24),
                net.market(B).healthFactor(address(net.collateral(B)), bob)
            )
        );
    }

    /// @dev Many rounds of small deposits and withdrawals at an odd index, with a unit or an odd amount.
    /// forge-config: default.fuzz.runs = 64
    function testFuzz_attack_roundsNeverGain(uint256 seed, bool byShares) public {
        net.supply(A, alice, 1000e6);
        net.borrow(A, bob, 777e6);
        skip(bound(seed, 1, 300 days));
        net.give(A, carol, 1_000_000);
        uint256 before = net.asset(A).balanceOf(carol);
        IVault v = net.vault(A);
        for (uint256 i; i < 50; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 amount = 1 + seed % 1000;
            vm.startPrank(carol);
            if (byShares) {
                v.mint(amount * 1e5 + seed % 77_777, carol);
                if (v.maxWithdraw(carol) != 0) v.redeem(v.balanceOf(carol), carol, carol);
            } else {
                v.deposit(amount, carol);
                if (v.maxWithdraw(carol) != 0) v.withdraw(v.maxWithdraw(carol), carol, carol);
            }
            vm.stopPrank();
        }
        assertLe(net.asset(A).balanceOf(carol) + v.maxWithdraw(carol), before);
        net.assertNetwork();
    }
}
