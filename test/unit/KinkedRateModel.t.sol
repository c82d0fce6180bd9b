// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Test} from "forge-std/Test.sol";

import {KinkedRateModel} from "../../contracts/interest/KinkedRateModel.sol";

contract KinkedRateModelTest is Test {
    KinkedRateModel private model = new KinkedRateModel(0.01e18, 0.06e18, 0.74e18, 0.9e18);

    function test_borrowRate_byHand() public view {
        _assertPerYear(0, 100, 0.01e18);
        _assertPerYear(0, 0, 0.01e18);
        _assertPerYear(45, 55, 0.04e18);
        _assertPerYear(90, 10, 0.07e18);
        _assertPerYear(95, 5, 0.44e18);
        _assertPerYear(100, 0, 0.81e18);
    }

    function testFuzz_borrowRate_risesWithUtilization(uint104 loans, uint104 cash, uint104 more) public view {
        uint256 rate = model.borrowRate(loans, cash);
        assertLe(rate, model.borrowRate(uint256(loans) + more, cash));
        assertGe(rate, model.borrowRate(loans, uint256(cash) + more));
        assertLe(rate, uint256(0.81e18) / 365 days);
        assertGe(rate, uint256(0.01e18) / 365 days);
    }

    function test_constructor_revertsWith_OptimalUtilizationOutOfRange() public {
        vm.expectRevert(abi.encodeWithSelector(KinkedRateModel.OptimalUtilizationOutOfRange.selector, 0));
        new KinkedRateModel(0, 0, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(KinkedRateModel.OptimalUtilizationOutOfRange.selector, 1e18));
        new KinkedRateModel(0, 0, 0, 1e18);
    }

    function test_constructor_revertsWith_RateTooHigh() public {
        vm.expectRevert(abi.encodeWithSelector(KinkedRateModel.RateTooHigh.selector, 100e18 + 1));
        new KinkedRateModel(1, 0, 100e18, 0.9e18);
        new KinkedRateModel(0, 0, 100e18, 0.9e18);
    }

    function _assertPerYear(uint256 loans, uint256 cash, uint256 perYear) private view {
        assertEq(model.borrowRate(loans, cash), perYear / 365 days);
    }
}
