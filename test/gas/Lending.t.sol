// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {GasFixture} from "./GasFixture.sol";

/// @notice What lending costs, one cold transaction each.
/// forge-config: default.isolate = true
contract LendingGasTest is GasFixture {
    function test_gas_supplyFirst() public {
        _supply(newSupplier, 1000e6);
        vm.snapshotGasLastCall(GROUP, "supply, first by user");
    }

    function test_gas_supplyAgain() public {
        _supply(supplier, 1000e6);
        vm.snapshotGasLastCall(GROUP, "supply again");
    }

    function test_gas_withdrawPart() public {
        vm.prank(supplier);
        isobar.vault.withdraw(1000e6, supplier, supplier);
        vm.snapshotGasLastCall(GROUP, "withdraw part");
    }

    function test_gas_supplyCollateralFirst() public {
        _supplyCollateral(newBorrower, 1000e18);
        vm.snapshotGasLastCall(GROUP, "supply collateral, first");
    }

    function test_gas_borrowFirst() public {
        _supplyCollateral(newBorrower, 10_000e18);
        _borrow(newBorrower, 1000e6);
        vm.snapshotGasLastCall(GROUP, "borrow, first");
    }

    function test_gas_repayPart() public {
        vm.prank(borrower);
        isobar.market.repay(address(collateral), 1000e6, borrower);
        vm.snapshotGasLastCall(GROUP, "repay part");
    }
}
