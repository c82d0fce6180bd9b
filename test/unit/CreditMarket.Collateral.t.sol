// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

import {Collateral, ICreditMarket} from "../../contracts/interfaces/ICreditMarket.sol";
import {IPriceOracle} from "../../contracts/interfaces/IPriceOracle.sol";
import {IVault} from "../../contracts/interfaces/IVault.sol";
import {ChainlinkOracle} from "../../contracts/oracle/ChainlinkOracle.sol";
import {TestToken} from "../assets/TestToken.sol";
import {IMarket} from "../fixtures/Contracts.sol";
import {NetworkTest} from "../fixtures/NetworkTest.sol";

contract CreditMarketCollateralTest is NetworkTest {
    IMarket private market;
    TestToken private collateral;
    IPriceOracle private oracle;

    function setUp() public override {
        super.setUp();
        market = net.market(A);
        collateral = net.collateral(A);
        oracle = market.collateralTerms(address(collateral)).oracle;
        net.supply(A, alice, 1_000_000e6);
        net.supplyCollateral(A, bob, 10);
    }

    function test_supplyCollateral_isHeldByTheMarket() public {
        assertEq(market.position(address(collateral), bob).collateral, 10e18);
        assertEq(collateral.balanceOf(address(market)), 10e18);
        _give(carol, 1e18);
        vm.prank(carol);
        market.supplyCollateral(address(collateral), 1e18, bob);
        assertEq(market.position(address(collateral), bob).collateral, 11e18);
    }

    function test_supplyCollateral_reverts() public {
        vm.expectRevert(ICreditMarket.ZeroAmount.selector);
        market.supplyCollateral(address(collateral), 0, bob);
        vm.expectRevert(ICreditMarket.ZeroAddress.selector);
        market.supplyCollateral(address(collateral), 1, address(0));
        vm.expectRevert(abi.encodeWithSelector(ICreditMarket.CollateralNotListed.selector, carol));
        market.supplyCollateral(carol, 1, bob);
    }

    function test_withdrawCollateral_allWithoutDebtAndWithoutAPrice() public {
        net.setPrice(A, -1);
        vm.prank(bob);
        market.withdrawCollateral(address(collateral), 10e18, dave);
        assertEq(collateral.balanceOf(dave), 10e18);
    }

    /// @dev 8,000 borrowed need 10,000 of collateral: five tokens.
    function test_withdrawCollateral_withinTheBorrowFactor() public {
        net.borrowOnly(A, bob, 8000e6);
        vm.prank(bob);
        vm.expectRevert(abi.encodeWithSelector(ICreditMarket.InsufficientCollateral.selector, 8000e6, 7999.999999e6));
        market.withdrawCollateral(address(collateral), 5e18 + 1, dave);
        vm.prank(bob);
        market.withdrawCollateral(address(collateral), 5e18, dave);
        net.assertNetwork();
    }

    function test_withdrawCollateral_stopsWithDebtAndWithoutAPrice() public {
        net.borrowOnly(A, bob, 1e6);
        net.setPrice(A, 0);
        vm.prank(bob);
        vm.expectRevert(abi.encodeWithSelector(ChainlinkOracle.PriceNotPositive.selector, 0));
        market.withdrawCollateral(address(collateral), 1, dave);
    }

    function test_withdrawCollateral_reverts() public {
        vm.startPrank(bob);
        vm.expectRevert(ICreditMarket.ZeroAmount.selector);
        market.withdrawCollateral(address(collateral), 0, dave);
        vm.expectRevert(ICreditMarket.ZeroAddress.selector);
        market.withdrawCollateral(address(collateral), 1, address(0));
        vm.expectRevert();
        market.withdrawCollateral(address(collateral), 10e18 + 1, dave);
        vm.stopPrank();
    }

    // ------------------------------------------------------------------------------------------------- terms

    function test_listCollateral_changesTerms() public {
        _list(address(collateral), Collateral(oracle, 7000, 9000, 1e6));
        assertEq(market.collateralTerms(address(collateral)).borrowFactor, 7000);
        // A cut of the borrow factor acts at once.
        assertEq(market.borrowable(address(collateral), bob), 14_000e6);
    }

    function test_listCollateral_isTheOwnersOnly() public {
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, address(this)));
        market.listCollateral(address(collateral), Collateral(oracle, 7000, 9000, 1e6));
    }

    function test_listCollateral_revertsWith_CollateralNotAllowed() public {
        Collateral memory terms = Collateral(oracle, 7000, 9000, 1e6);
        address[3] memory refused = [address(0), address(net.vault(A)), address(net.asset(A))];
        for (uint256 i; i < 3; ++i) {
            vm.prank(address(net));
            vm.expectRevert(abi.encodeWithSelector(ICreditMarket.CollateralNotAllowed.selector, refused[i]));
            market.listCollateral(refused[i], terms);
        }
    }

    function test_listCollateral_revertsWith_FactorsOutOfRange() public {
        vm.startPrank(address(net));
        vm.expectRevert(abi.encodeWithSelector(ICreditMarket.FactorsOutOfRange.selector, 8000, 8000));
        market.listCollateral(address(collateral), Collateral(oracle, 8000, 8000, 1e6));
        vm.expectRevert(abi.encodeWithSelector(ICreditMarket.FactorsOutOfRange.selector, 8000, 10_000));
        market.listCollateral(address(collateral), Collateral(oracle, 8000, 10_000, 1e6));
        vm.stopPrank();
    }

    function test_listCollateral_revertsWith_ThresholdCut() public {
        _list(address(collateral), Collateral(oracle, 7000, 8000, 1_000_000e6));
        net.borrowOnly(A, bob, 1e6);
        vm.prank(address(net));
        vm.expectRevert(abi.encodeWithSelector(ICreditMarket.ThresholdCut.selector, 8000, 7999));
        market.listCollateral(address(collateral), Collateral(oracle, 7000, 7999, 1e6));
        _list(address(collateral), Collateral(oracle, 7000, 8001, 1e6));
    }

    function test_listCollateral_refusesAFeedThatCannotAnswer() public {
        net.setPrice(A, 0);
        vm.prank(address(net));
        vm.expectRevert(abi.encodeWithSelector(ChainlinkOracle.PriceNotPositive.selector, 0));
        market.listCollateral(address(collateral), Collateral(oracle, 8000, 8500, 1e6));
    }

    function test_borrowable_revertsWith_CollateralNotListed() public {
        vm.expectRevert(abi.encodeWithSelector(ICreditMarket.CollateralNotListed.selector, carol));
        market.borrowable(carol, bob);
    }

    function test_constructor_revertsWith_VaultMismatch() public {
        IVault vault = net.vault(A);
        address next = vm.computeCreateAddress(address(this), vm.getNonce(address(this)));
        vm.expectRevert(abi.encodeWithSelector(ICreditMarket.VaultMismatch.selector, address(market), next));
        _create("CreditMarket", abi.encode(vault, address(this)));
    }

    function _list(address token, Collateral memory terms) private {
        vm.prank(address(net));
        market.listCollateral(token, terms);
    }

    function _give(address account, uint256 amount) private {
        vm.prank(address(net));
        collateral.mint(account, amount);
        vm.prank(account);
        collateral.approve(address(market), amount);
    }
}
