// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Books} from "../../contracts/interfaces/IVault.sol";
import {IVault} from "../../contracts/interfaces/IVault.sol";
import {NetworkTest} from "../fixtures/NetworkTest.sol";

/// @dev 600,000 lent of 1,000,000: u = 0.6, 4 % a year is 1,268,391,679e-18 a second, rounded up to 11 bits
/// 1,268,776,960; e^x - 1 for a day is 109,628,338,091,101e-18.
contract VaultAccrualTest is NetworkTest {
    function setUp() public override {
        super.setUp();
        net.supply(A, alice, 1_000_000e6);
        net.borrow(A, bob, 600_000e6);
        net.supply(B, alice, 1_000_000e6);
        net.borrow(B, bob, 600_000e6);
    }

    function test_accrual_aDay_6Decimals() public {
        skip(1 days);
        Books memory b = net.vault(A).books();
        assertEq(net.vault(A).borrowRate(), 1_268_776_960);
        assertEq(b.loanIndex, 1.000109628338091101e27);
        assertEq(net.vault(A).totalLoans(), 600_065.777002e6);
        assertEq(b.setAside, 6.5777e6);
        assertEq(net.vault(A).totalAssets(), 1_000_059.199302e6);
        net.assertNetwork();
    }

    function test_accrual_aDay_18Decimals() public {
        skip(1 days);
        assertEq(net.vault(B).totalLoans(), 600_065.7770028546606e18);
        assertEq(net.vault(B).books().setAside, 6.5777e6);
        assertEq(net.vault(B).totalAssets(), 1_000_059.1993028546606e18);
        net.assertNetwork();
    }

    function test_accrue_storesWhatBooksForetell() public {
        skip(1 days);
        IVault vault = net.vault(A);
        Books memory before = vault.books();
        vault.accrue();
        Books memory b = vault.books();
        // The rate alone is set anew, from the loans with their interest.
        assertGe(b.rate, before.rate);
        b.rate = before.rate;
        assertEq(keccak256(abi.encode(b)), keccak256(abi.encode(before)));
        (uint256 loanIndex, uint256 debtIndex) = vault.accrue();
        assertEq(loanIndex, b.loanIndex);
        assertEq(debtIndex, b.debtIndex);
        net.assertNetwork();
    }

    /// @dev One step of four hours at a period of four hours goes half way; a second one a half of the rest.
    function test_accrual_averagesFollow() public {
        IVault vault = net.vault(A);
        skip(4 hours);
        vault.accrue();
        assertEq(vault.books().averageLoans, uint256(600_000e6) / 1024 / 2);
        assertEq(vault.books().averageFree, uint256(400_000e6) / 1024 / 2);
        skip(4 hours);
        vault.accrue();
        assertEq(vault.report().averageFree, uint256(300_000e6) / 1024 * 1024);
    }

    function test_accrual_averagesStayBetweenOldAndNew() public {
        skip(10_000 days);
        Books memory b = net.vault(A).books();
        assertLe(b.averageLoans, uint256(600_000e6) / 1024);
        assertGe(b.averageLoans, uint256(599_990e6) / 1024);
    }

    function test_accrual_noLoansNoInterest() public {
        net.repay(A, bob, 600_000e6);
        uint256 assets = net.vault(A).totalAssets();
        skip(365 days);
        net.vault(A).accrue();
        assertEq(net.vault(A).totalAssets(), assets);
        assertEq(net.vault(A).borrowRate(), 0);
    }

    function test_report_isInSharedDecimals_18Decimals() public view {
        assertEq(net.vault(B).report().cash, 400_000e6);
        assertEq(net.vault(B).report().free, 400_000e6);
        assertEq(net.vault(B).report().loans, 600_000e6);
        assertEq(net.vault(B).report().equity, 1_000_000e6);
        assertEq(net.vault(B).report().gross, 1_000_000e6);
        assertEq(net.vault(B).report().coverage, 10_000);
    }

    /// @dev However often it accrues, interest differs only by compounding and the rounding of the rate.
    function testFuzz_accrual_frequencyHardlyMatters(uint256 steps) public {
        steps = bound(steps, 1, 48);
        for (uint256 i; i < steps; ++i) {
            skip(2 days / steps);
            net.vault(A).accrue();
        }
        skip(2 days - 2 days / steps * steps);
        assertApproxEqRel(net.vault(A).totalLoans() - 600_000e6, 131.554e6, 0.002e18);
        net.assertNetwork();
    }
}
