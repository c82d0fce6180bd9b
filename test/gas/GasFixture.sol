// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IOFT} from "@layerzerolabs/lz-evm-oapp-v2/contracts/oft/interfaces/IOFT.sol";
import {Test} from "forge-std/Test.sol";

import {Collateral} from "../../contracts/interfaces/ICreditMarket.sol";
import {IPriceOracle} from "../../contracts/interfaces/IPriceOracle.sol";
import {Isobar, IsobarDeployer} from "../fixtures/IsobarDeployer.sol";
import {Production} from "../fixtures/Production.sol";
import {PlainToken} from "./Stubs.sol";

/// @notice A live market on one chain: other suppliers and borrowers, a 6-decimal asset, 18-decimal collateral at a price
/// of one, unlimited approvals, a day of interest to accrue.
/// @dev Every measured call is a transaction of its own (isolate): 21,000 and calldata are included, storage is cold.
abstract contract GasFixture is Test, IsobarDeployer {
    uint32 internal constant LOCAL = 30_101;
    string internal constant GROUP = "gas";
    /// @dev Built like the contracts, so that the figures do not depend on how tests are compiled.
    string private constant STUBS = "Stubs";

    address internal endpoint;
    PlainToken internal asset;
    PlainToken internal collateral;
    Isobar internal isobar;

    address internal supplier = makeAddr("supplier");
    address internal newSupplier = makeAddr("new supplier");
    address internal borrower = makeAddr("borrower");
    address internal newBorrower = makeAddr("new borrower");

    function setUp() public virtual {
        vm.warp(1_800_000_000);
        endpoint = _create(STUBS, "StubEndpoint", "");
        asset = PlainToken(_create(STUBS, "PlainToken", abi.encode("USD", 6)));
        collateral = PlainToken(_create(STUBS, "PlainToken", abi.encode("WETH", 18)));
        IPriceOracle oracle = IPriceOracle(_create(STUBS, "SlotOracle", abi.encode(1e24)));
        IOFT oft = IOFT(_create(STUBS, "StubOft", abi.encode(asset)));
        isobar = _deployIsobar(LOCAL, endpoint, asset, oft);
        isobar.market
            .listCollateral(
                address(collateral),
                Collateral(oracle, Production.BORROW_FACTOR, Production.LIQUIDATION_THRESHOLD, Production.DEBT_CEILING)
            );
        _fund(makeAddr("other supplier"));
        _fund(makeAddr("other borrower"));
        _fund(supplier);
        _fund(newSupplier);
        _fund(borrower);
        _fund(newBorrower);
        _supply(makeAddr("other supplier"), 1_000_000e6);
        _supply(supplier, 100_000e6);
        _supplyCollateral(makeAddr("other borrower"), 1_000_000e18);
        _borrow(makeAddr("other borrower"), 500_000e6);
        _supplyCollateral(borrower, 100_000e18);
        _borrow(borrower, 50_000e6);
        skip(1 days);
    }

    function _fund(address account) internal {
        asset.mint(account, 2_000_000e6);
        collateral.mint(account, 2_000_000e18);
        vm.startPrank(account);
        asset.approve(address(isobar.vault), type(uint256).max);
        asset.approve(address(isobar.market), type(uint256).max);
        asset.approve(address(isobar.router), type(uint256).max);
        collateral.approve(address(isobar.market), type(uint256).max);
        vm.stopPrank();
    }

    function _supply(address account, uint256 amount) internal {
        vm.prank(account);
        isobar.vault.deposit(amount, account);
    }

    function _supplyCollateral(address account, uint256 amount) internal {
        vm.prank(account);
        isobar.market.supplyCollateral(address(collateral), amount, account);
    }

    function _borrow(address account, uint256 amount) internal {
        vm.prank(account);
        isobar.market.borrow(address(collateral), amount, account);
    }
}
