// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ICreditMarket} from "../../contracts/interfaces/ICreditMarket.sol";
import {IMarket} from "../fixtures/Contracts.sol";
import {NetworkTest} from "../fixtures/NetworkTest.sol";

contract CreditMarketRepayTest is NetworkTest {
    function setUp() public override {
        super.setUp();
        for (uint256 i; i < 3; ++i) {
            net.supply(i, alice, 1_000_000e6);
            net.borrow(i, bob, 600_000e6);
        }
        skip(1 days);
    }

    function test_repay_part_18Decimals() public {
        assertEq(net.repay(B, bob, 100_000e6), 100_000e18);
        assertApproxEqAbs(net.market(B).debtOf(address(net.collateral(B)), bob), 500_065.7770028546606e18, 2);
        assertEq(net.vault(B).books().cash, 500_000e18);
        net.assertNetwork();
    }

    function test_repay_takesNoMoreThanTheDebt() public {
        uint256 before = net.asset(A).balanceOf(bob);
        assertEq(net.repay(A, bob, 1_000_000e6), 600_065.777003e6);
        assertEq(net.asset(A).balanceOf(bob), before + 1_000_000e6 - 600_065.777003e6);
        assertEq(net.market(A).debtOf(address(net.collateral(A)), bob), 0);
        assertEq(net.market(A).healthFactor(address(net.collateral(A)), bob), type(uint256).max);
        assertEq(net.vault(A).totalLoans(), 0);
        net.assertNetwork();
    }

    function test_repay_forAnother() public {
        net.give(A, carol, 1000e6);
        IMarket market = net.market(A);
        address collateral = address(net.collateral(A));
        vm.prank(carol);
        assertEq(market.repay(collateral, 1000e6, bob), 1000e6);
        assertEq(net.asset(A).balanceOf(carol), 0);
        assertEq(market.debtOf(collateral, carol), 0);
        net.assertNetwork();
    }

    function test_repay_worksWithoutAPrice() public {
        net.setPrice(A, -1);
        net.repay(A, bob, 1000e6);
        net.assertNetwork();
    }

    /// @dev Rounding favours the vault: a repayment never takes more off the debt than was paid.
    function testFuzz_repay_neverForgivesDebt(uint256 amount, uint256 time) public {
        amount = bound(amount, 1, 600_000e6);
        skip(bound(time, 0, 365 days));
        address collateral = address(net.collateral(A));
        uint256 debt = net.market(A).debtOf(collateral, bob);
        uint256 assets = net.vault(A).totalAssets();
        uint256 repaid = net.repay(A, bob, amount);
        assertGe(net.market(A).debtOf(collateral, bob) + repaid, debt);
        assertLe(net.market(A).debtOf(collateral, bob) + repaid, debt + 2);
        assertGe(net.vault(A).totalAssets() + 1, assets);
        net.assertNetwork();
    }

    function test_repay_revertsWith_NoDebt() public {
        address collateral = address(net.collateral(A));
        IMarket market = net.market(A);
        vm.expectRevert(abi.encodeWithSelector(ICreditMarket.NoDebt.selector, collateral, carol));
        market.repay(collateral, 1, carol);
    }

    function test_repay_revertsWith_ZeroAmount() public {
        vm.expectRevert(ICreditMarket.ZeroAmount.selector);
        net.repay(A, bob, 0);
    }
}
