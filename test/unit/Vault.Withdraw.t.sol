// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";

import {IVault} from "../../contracts/interfaces/IVault.sol";
import {NetworkTest} from "../fixtures/NetworkTest.sol";

contract VaultWithdrawTest is NetworkTest {
    function test_withdraw_returnsWhatWasSupplied() public {
        net.supply(B, alice, 1000e6);
        assertEq(net.withdraw(B, alice, 1000e6), 1000e24);
        assertEq(net.asset(B).balanceOf(alice), 1000e18);
        assertEq(net.vault(B).totalSupply(), 0);
        net.assertNetwork();
    }

    function test_redeem_paysInterest() public {
        net.supply(A, alice, 1_000_000e6);
        net.borrow(A, bob, 600_000e6);
        skip(1 days);
        net.repay(A, bob, 700_000e6);
        IVault vault = net.vault(A);
        uint256 shares = vault.balanceOf(alice);
        assertEq(vault.maxRedeem(alice), shares);
        vm.prank(alice);
        assertApproxEqAbs(vault.redeem(shares, alice, alice), 1_000_059.199302e6, 1);
        net.assertNetwork();
    }

    function test_withdraw_byAnotherNeedsAnAllowance() public {
        net.supply(A, alice, 1000e6);
        IVault vault = net.vault(A);
        vm.expectRevert();
        vm.prank(carol);
        vault.withdraw(1e6, carol, alice);
        vm.prank(alice);
        vault.approve(carol, 1e12);
        vm.prank(carol);
        vault.withdraw(1e6, carol, alice);
        assertEq(net.asset(A).balanceOf(carol), 1e6);
        net.assertNetwork();
    }

    function test_withdraw_cannotTouchLentCash() public {
        net.supply(A, alice, 1000e6);
        net.borrow(A, bob, 600e6);
        assertEq(net.vault(A).maxWithdraw(alice), 400e6);
        _expectExceeded(A, 400e6 + 1, 400e6);
        net.withdraw(A, alice, 400e6);
        assertEq(net.vault(A).maxWithdraw(alice), 0);
        assertEq(net.vault(A).maxRedeem(alice), 0);
        net.assertNetwork();
    }

    function test_withdraw_cannotTouchReservedCash() public {
        _openNetwork();
        // 400,000 in cash, twice 49,152 reserved.
        uint256 free = 301_696e6;
        assertEq(net.vault(A).freeCash(), free);
        assertEq(net.vault(A).maxWithdraw(alice), free);
        _expectExceeded(A, free + 1, free);
        net.withdraw(A, alice, free);
        assertEq(net.vault(A).books().cash, 98_304e6);
        net.assertNetwork();
    }

    /// @dev With what A owes, its suppliers may take no more than leaves their equity at what is owed.
    function test_withdraw_respectsTheLeverageLimit() public {
        net.supply(A, alice, 30_000e6);
        net.supply(B, alice, 1_000_000e6);
        net.refill(B, A);
        net.deliverAll();
        net.transfer(A, B, carol, dave, 20_000e6);
        assertEq(net.vault(A).freeCash(), 50_000e6);
        assertEq(net.vault(A).maxWithdraw(alice), 10_000e6);
        _expectExceeded(A, 10_000e6 + 1, 10_000e6);
        net.withdraw(A, alice, 10_000e6);
        assertEq(net.vault(A).report().equity, net.vault(A).report().owed);
        net.deliverAll();
        net.assertNetwork();
    }

    function test_maxRedeem_roundsDownToWhatCanBePaid() public {
        net.supply(A, alice, 1_000_000e6);
        net.borrow(A, bob, 600_000e6);
        skip(100 days);
        IVault vault = net.vault(A);
        uint256 shares = vault.maxRedeem(alice);
        assertLe(vault.previewRedeem(shares), vault.maxWithdraw(alice));
        vm.prank(alice);
        vault.redeem(shares, alice, alice);
        assertLe(vault.freeCash(), 1);
        net.assertNetwork();
    }

    function _expectExceeded(uint256 i, uint256 amount, uint256 most) private {
        vm.expectRevert(
            abi.encodeWithSelector(ERC4626.ERC4626ExceededMaxWithdraw.selector, alice, _units(i, amount), most)
        );
        net.withdraw(i, alice, amount);
    }
}
