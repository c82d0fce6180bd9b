// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IRateModel} from "../../contracts/interfaces/IRateModel.sol";
import {Booking, IVault, Payout} from "../../contracts/interfaces/IVault.sol";
import {SafePay} from "../../contracts/libraries/SafePay.sol";
import {VaultLedger} from "../../contracts/libraries/VaultLedger.sol";
import {TestToken} from "../assets/TestToken.sol";
import {VaultSetup} from "../fixtures/Contracts.sol";
import {NetworkTest} from "../fixtures/NetworkTest.sol";

/// @notice Who may call what, what the vault itself refuses, and what it may be deployed with.
contract VaultAccessTest is NetworkTest {
    IVault private vault;
    Booking private nothing;

    function setUp() public override {
        super.setUp();
        _openNetwork();
        vault = net.vault(A);
    }

    function test_market_functionsAreTheMarketsOnly() public {
        bytes memory reason = abi.encodeWithSelector(IVault.OnlyMarket.selector, address(this));
        vm.expectRevert(reason);
        vault.lend(1, address(this));
        vm.expectRevert(reason);
        vault.bookRepayment(1, 1);
    }

    function test_router_functionsAreTheRoutersOnly() public {
        bytes memory reason = abi.encodeWithSelector(IVault.OnlyRouter.selector, address(this));
        vm.expectRevert(reason);
        vault.book(nothing);
        vm.expectRevert(reason);
        vault.pay(nothing, new Payout[](0));
        vm.expectRevert(reason);
        vault.release(nothing, address(this), 1);
    }

    function test_lend_revertsWith_InsufficientFreeCash() public {
        vm.prank(address(net.market(A)));
        vm.expectRevert(abi.encodeWithSelector(IVault.InsufficientFreeCash.selector, 301_696e6 + 1, 301_696e6));
        vault.lend(301_696e6 + 1, address(this));
    }

    function test_release_revertsWith_InsufficientFreeCash() public {
        vm.prank(address(net.router(A)));
        vm.expectRevert(abi.encodeWithSelector(IVault.InsufficientFreeCash.selector, 301_696e6 + 1, 301_696e6));
        vault.release(nothing, address(this), 301_696e6 + 1);
    }

    function test_pay_revertsWith_CashBelowReserved() public {
        Payout[] memory payouts = new Payout[](1);
        payouts[0] = Payout(dave, 301_697e6);
        vm.prank(address(net.router(A)));
        vm.expectRevert(abi.encodeWithSelector(IVault.CashBelowReserved.selector, 98_303e6, 98_304e6));
        vault.pay(nothing, payouts);
    }

    function test_pay_revertsWith_InsufficientGasForPayment() public {
        Payout[] memory payouts = new Payout[](1);
        payouts[0] = Payout(dave, 1e6);
        vm.prank(address(net.router(A)));
        vm.expectPartialRevert(SafePay.InsufficientGasForPayment.selector);
        vault.pay{gas: 105_000}(nothing, payouts);
    }

    function test_book_revertsWith_CashBelowReserved() public {
        Booking memory change = nothing;
        change.reserved = 301_697e6;
        vm.prank(address(net.router(A)));
        vm.expectRevert(abi.encodeWithSelector(IVault.CashBelowReserved.selector, 400_000e6, 400_001e6));
        vault.book(change);
    }

    function test_book_revertsWith_BookingOverflow() public {
        Booking memory change = nothing;
        change.reserved = -98_305e6;
        _expectOverflow(change);
        change = nothing;
        change.claimsFace = int256(uint256(1) << 64);
        _expectOverflow(change);
        change = nothing;
        change.scaledDebt = -1;
        _expectOverflow(change);
        change = nothing;
        change.setAside = int256(uint256(1) << 56);
        _expectOverflow(change);
    }

    function _expectOverflow(Booking memory change) private {
        vm.prank(address(net.router(A)));
        vm.expectRevert(VaultLedger.BookingOverflow.selector);
        vault.book(change);
    }

    // ------------------------------------------------------------------------------------------------- deployment

    function test_constructor_revertsWith_AssetDecimalsOutOfRange() public {
        VaultSetup memory s = _setup();
        s.asset = IERC20(new TestToken("", "", 5, address(this)));
        vm.expectRevert(abi.encodeWithSelector(IVault.AssetDecimalsOutOfRange.selector, 5));
        _create("Vault", abi.encode(s));
        s.asset = IERC20(new TestToken("", "", 19, address(this)));
        vm.expectRevert(abi.encodeWithSelector(IVault.AssetDecimalsOutOfRange.selector, 19));
        _create("Vault", abi.encode(s));
    }

    function test_constructor_revertsWith_ParameterOutOfRange() public {
        VaultSetup memory s = _setup();
        s.reserveFactor = 0.5e18 + 1;
        _expectOutOfRange(s, "reserveFactor", s.reserveFactor);
        s = _setup();
        s.leverageLimit = 0.25e18 - 1;
        _expectOutOfRange(s, "leverageLimit", s.leverageLimit);
        s.leverageLimit = 1e18 + 1;
        _expectOutOfRange(s, "leverageLimit", s.leverageLimit);
        s = _setup();
        s.averagingPeriod = 59;
        _expectOutOfRange(s, "averagingPeriod", 59);
        s.averagingPeriod = 7 days + 1;
        _expectOutOfRange(s, "averagingPeriod", 7 days + 1);
        s = _setup();
        s.vestingPeriod = 1 hours - 1;
        _expectOutOfRange(s, "vestingPeriod", 1 hours - 1);
        s.vestingPeriod = 30 days + 1;
        _expectOutOfRange(s, "vestingPeriod", 30 days + 1);
    }

    function _expectOutOfRange(VaultSetup memory s, bytes32 parameter, uint256 value) private {
        vm.expectRevert(abi.encodeWithSelector(IVault.ParameterOutOfRange.selector, parameter, value));
        _create("Vault", abi.encode(s));
    }

    function _setup() private view returns (VaultSetup memory) {
        IERC20 asset = net.asset(A);
        IRateModel model = net.vault(A).rateModel();
        return VaultSetup(asset, "n", "s", address(1), address(2), model, 0.1e18, 1e18, 4 hours, 6 hours);
    }
}
