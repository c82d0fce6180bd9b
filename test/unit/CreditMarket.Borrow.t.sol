// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ICreditMarket, Position} from "../../contracts/interfaces/ICreditMarket.sol";
import {IVault} from "../../contracts/interfaces/IVault.sol";
import {ChainlinkOracle} from "../../contracts/oracle/ChainlinkOracle.sol";
import {IMarket} from "../fixtures/Contracts.sol";
import {NetworkTest} from "../fixtures/NetworkTest.sol";

/// @dev One whole collateral token is worth 2,000; 80 % of it may be borrowed, 85 % is the threshold.
contract CreditMarketBorrowTest is NetworkTest {
    function setUp() public override {
        super.setUp();
        for (uint256 i; i < 3; ++i) {
            net.supply(i, alice, 1_000_000e6);
            net.supplyCollateral(i, bob, 10);
        }
    }

    function test_borrow_upToTheBorrowFactor_18DecimalsCollateral6DecimalsAsset() public {
        _borrowAll(A);
    }

    function test_borrow_upToTheBorrowFactor_8DecimalsCollateral18DecimalsAsset() public {
        _borrowAll(B);
    }

    function _borrowAll(uint256 i) private {
        assertEq(net.market(i).borrowable(address(net.collateral(i)), bob), _units(i, 16_000e6));
        net.borrowOnly(i, bob, 16_000e6);
        assertEq(net.asset(i).balanceOf(bob), _units(i, 16_000e6));
        assertEq(net.market(i).debtOf(address(net.collateral(i)), bob), _units(i, 16_000e6));
        assertEq(net.market(i).healthFactor(address(net.collateral(i)), bob), uint256(17_000e18) / 16_000);
        assertEq(net.market(i).borrowable(address(net.collateral(i)), bob), 0);
        assertEq(net.vault(i).books().cash, _units(i, 984_000e6));
        assertEq(net.vault(i).totalLoans(), _units(i, 16_000e6));
        assertEq(net.vault(i).totalAssets(), _units(i, 1_000_000e6));
        net.assertNetwork();
    }

    function test_borrow_sendsToTheReceiver() public {
        IMarket market = net.market(A);
        address collateral = address(net.collateral(A));
        vm.prank(bob);
        market.borrow(collateral, 5e6, dave);
        assertEq(net.asset(A).balanceOf(dave), 5e6);
    }

    function test_borrow_debtGrowsWithInterest() public {
        net.supplyCollateral(A, bob, 990);
        net.borrowOnly(A, bob, 600_000e6);
        skip(1 days);
        // A day at u = 0.6: the numbers of Vault.Accrual, the borrower's side rounded up.
        assertEq(net.market(A).debtOf(address(net.collateral(A)), bob), 600_065.777003e6);
        net.assertNetwork();
    }

    function test_borrow_revertsWith_InsufficientCollateral() public {
        vm.expectRevert(abi.encodeWithSelector(ICreditMarket.InsufficientCollateral.selector, 16_000e6 + 1, 16_000e6));
        net.borrowOnly(A, bob, 16_000e6 + 1);
    }

    function test_borrow_revertsWith_InsufficientCollateral_afterAFallOfThePrice() public {
        net.borrowOnly(A, bob, 10_000e6);
        net.setPrice(A, 1000e8);
        vm.expectRevert(abi.encodeWithSelector(ICreditMarket.InsufficientCollateral.selector, 10_001e6, 8000e6));
        net.borrowOnly(A, bob, 1e6);
        assertEq(net.market(A).healthFactor(address(net.collateral(A)), bob), 0.85e18);
        assertEq(net.market(A).borrowable(address(net.collateral(A)), bob), 0);
    }

    function test_borrow_revertsWith_DebtCeilingExceeded() public {
        net.supply(A, alice, 10_000_000e6);
        net.supplyCollateral(A, bob, 100_000);
        net.borrowOnly(A, bob, 5_000_000e6);
        vm.expectRevert(
            abi.encodeWithSelector(ICreditMarket.DebtCeilingExceeded.selector, 5_000_000e6 + 1, 5_000_000e6)
        );
        net.borrowOnly(A, bob, 1);
    }

    function test_borrow_revertsWith_InsufficientFreeCash() public {
        net.supplyCollateral(A, bob, 1000);
        vm.expectRevert(abi.encodeWithSelector(IVault.InsufficientFreeCash.selector, 1_000_000e6 + 1, 1_000_000e6));
        net.borrowOnly(A, bob, 1_000_000e6 + 1);
    }

    function test_borrow_cannotTouchReservedCash() public {
        net.refillAll();
        net.supplyCollateral(A, bob, 1000);
        uint256 free = 1_000_000e6 - 98_304e6;
        vm.expectRevert(abi.encodeWithSelector(IVault.InsufficientFreeCash.selector, free + 1, free));
        net.borrowOnly(A, bob, free + 1);
        net.borrowOnly(A, bob, free);
        net.assertNetwork();
    }

    function test_borrow_revertsWith_CollateralNotListed() public {
        IMarket market = net.market(A);
        vm.expectRevert(abi.encodeWithSelector(ICreditMarket.CollateralNotListed.selector, carol));
        market.borrow(carol, 1, dave);
    }

    function test_borrow_revertsWith_ZeroAmount() public {
        vm.expectRevert(ICreditMarket.ZeroAmount.selector);
        net.borrowOnly(A, bob, 0);
    }

    function test_borrow_revertsWith_ZeroAddress() public {
        IMarket market = net.market(A);
        address collateral = address(net.collateral(A));
        vm.prank(bob);
        vm.expectRevert(ICreditMarket.ZeroAddress.selector);
        market.borrow(collateral, 1e6, address(0));
    }

    function test_borrow_stopsWithoutAGoodPrice() public {
        net.setPrice(A, 0);
        vm.expectRevert(abi.encodeWithSelector(ChainlinkOracle.PriceNotPositive.selector, 0));
        net.borrowOnly(A, bob, 1e6);
    }
}
