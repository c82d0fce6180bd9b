// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IVault} from "../../contracts/interfaces/IVault.sol";
import {NetworkTest} from "../fixtures/NetworkTest.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

contract VaultDepositTest is NetworkTest {
    function test_deposit_firstSharesHaveSixMoreDecimals_6Decimals() public {
        assertEq(net.supply(A, alice, 100e6), 100e12);
        assertEq(net.vault(A).decimals(), 12);
        assertEq(net.vault(A).totalAssets(), 100e6);
        assertEq(net.vault(A).books().cash, 100e6);
        net.assertNetwork();
    }

    function test_deposit_firstSharesHaveSixMoreDecimals_18Decimals() public {
        assertEq(net.supply(B, alice, 100e6), 100e24);
        assertEq(net.vault(B).decimals(), 24);
        assertEq(net.vault(B).totalAssets(), 100e18);
        net.assertNetwork();
    }

    /// @dev 600,000 at u = 0.6 earn 65.777002 in a day, 6.577700 of it set aside: 1,000,059.199302 back 10^18 shares.
    function test_deposit_buysFewerSharesAfterInterest() public {
        net.supply(A, alice, 1_000_000e6);
        net.borrow(A, bob, 600_000e6);
        skip(1 days);
        assertEq(net.vault(A).totalAssets(), 1_000_059.199302e6);
        uint256 shares = net.supply(A, carol, 1000e6);
        assertEq(shares, uint256(1000e6) * (1e18 + 1e6) / (1_000_059.199302e6 + 1));
        assertLe(net.vault(A).convertToAssets(shares), 1000e6);
        net.assertNetwork();
    }

    function test_mint_takesWhatPreviewMintSays() public {
        net.supply(A, alice, 1_000_000e6);
        net.borrow(A, bob, 600_000e6);
        skip(1 days);
        IVault vault = net.vault(A);
        net.give(A, carol, 1000e6);
        uint256 assets = vault.previewMint(5e14);
        vm.prank(carol);
        assertEq(vault.mint(5e14, dave), assets);
        assertEq(net.asset(A).balanceOf(carol), 1000e6 - assets);
        assertEq(vault.balanceOf(dave), 5e14);
        net.assertNetwork();
    }

    /// I8
    function test_deposit_donationsChangeNothing() public {
        net.supply(A, alice, 1000e6);
        net.donate(A, 1_000_000e6);
        assertEq(net.vault(A).totalAssets(), 1000e6);
        assertEq(net.supply(A, carol, 1000e6), 1000e12);
        assertEq(net.vault(A).freeCash(), 2000e6);
        net.assertNetwork();
    }

    function test_deposit_sharesSentToTheVaultChangeNothing() public {
        net.supply(A, alice, 1000e6);
        IVault vault = net.vault(A);
        uint256 price = vault.convertToAssets(1e12);
        vm.prank(alice);
        vault.transfer(address(vault), 500e12);
        assertEq(vault.convertToAssets(1e12), price);
        net.assertNetwork();
    }

    function test_deposit_maxDepositIsTheTruth() public {
        IVault vault = net.vault(A);
        net.supply(A, alice, 1000e6);
        uint256 most = vault.maxDeposit(carol);
        IERC20 asset = net.asset(A);
        deal(address(asset), carol, most);
        vm.startPrank(carol);
        asset.approve(address(vault), most);
        vault.deposit(most, carol);
        vm.stopPrank();
    }
}
