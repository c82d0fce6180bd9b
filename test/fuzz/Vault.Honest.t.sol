// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IVault} from "../../contracts/interfaces/IVault.sol";
import {NetworkTest} from "../fixtures/NetworkTest.sol";

/// @notice ERC-4626's promises: max* can be done, previews are what happens, in any state that users can make.
/// forge-config: default.fuzz.runs = 64
contract VaultHonestFuzzTest is NetworkTest {
    /// @dev Loans, reserved cash, a debt to another vault, claims, unvested income, some days of interest.
    function _anyState(uint256 seed, uint256 chain) private returns (IVault vault) {
        _openNetwork();
        net.borrow(A, bob, bound(seed >> 8, 1e6, 290_000e6));
        net.borrow(B, bob, bound(seed >> 40, 1e6, 290_000e6));
        net.transfer(A, B, carol, dave, bound(seed >> 72, 1e6, TARGET));
        if (seed & 1 != 0) net.deliverAll();
        skip(bound(seed >> 104, 0, 30 days));
        if (seed & 2 != 0) net.syncAll();
        skip(bound(seed >> 136, 0, 1 days));
        vault = net.vault(chain);
    }

    function testFuzz_maxWithdraw_canBeWithdrawn(uint256 seed, bool onB) public {
        IVault vault = _anyState(seed, onB ? B : A);
        uint256 most = vault.maxWithdraw(alice);
        vm.prank(alice);
        vm.expectRevert();
        vault.withdraw(most + 1, alice, alice);
        if (most == 0) return;
        vm.prank(alice);
        vault.withdraw(most, alice, alice);
        net.assertNetwork();
    }

    function testFuzz_maxRedeem_canBeRedeemed(uint256 seed, bool onB) public {
        IVault vault = _anyState(seed, onB ? B : A);
        uint256 most = vault.maxRedeem(alice);
        vm.prank(alice);
        vm.expectRevert();
        vault.redeem(most + 1, alice, alice);
        uint256 foretold = vault.previewRedeem(most);
        // Shares that are worth nothing cannot be redeemed.
        if (foretold == 0) return;
        vm.prank(alice);
        assertEq(vault.redeem(most, alice, alice), foretold);
        net.assertNetwork();
    }

    function testFuzz_previewDeposit_isWhatHappens(uint256 seed, uint256 amount, bool onB) public {
        IVault vault = _anyState(seed, onB ? B : A);
        amount = bound(amount, 1, _units(onB ? B : A, 10_000_000e6));
        net.give(onB ? B : A, carol, 10_000_000e6);
        uint256 foretold = vault.previewDeposit(amount);
        uint256 price = vault.convertToAssets(1e24);
        vm.prank(carol);
        assertEq(vault.deposit(amount, carol), foretold);
        // A deposit never takes from those who are in.
        assertGe(vault.convertToAssets(1e24), price);
        net.assertNetwork();
    }

    function testFuzz_previewMint_isWhatHappens(uint256 seed, uint256 shares, bool onB) public {
        IVault vault = _anyState(seed, onB ? B : A);
        shares = bound(shares, 1, _units(onB ? B : A, 1_000_000e12));
        net.give(onB ? B : A, carol, 10_000_000e6);
        uint256 foretold = vault.previewMint(shares);
        vm.prank(carol);
        assertEq(vault.mint(shares, carol), foretold);
        net.assertNetwork();
    }

    function testFuzz_previewWithdraw_isWhatHappens(uint256 seed, uint256 amount, bool onB) public {
        IVault vault = _anyState(seed, onB ? B : A);
        uint256 most = vault.maxWithdraw(alice);
        vm.assume(most != 0);
        amount = bound(amount, 1, most);
        uint256 foretold = vault.previewWithdraw(amount);
        uint256 price = vault.convertToAssets(1e24);
        vm.prank(alice);
        assertEq(vault.withdraw(amount, alice, alice), foretold);
        assertGe(vault.convertToAssets(1e24), price);
        net.assertNetwork();
    }
}
