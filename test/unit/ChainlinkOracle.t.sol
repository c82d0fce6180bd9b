// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Test} from "forge-std/Test.sol";

import {IAggregatorV3} from "../../contracts/interfaces/IAggregatorV3.sol";
import {ChainlinkOracle} from "../../contracts/oracle/ChainlinkOracle.sol";
import {TestFeed} from "../assets/TestFeed.sol";

contract ChainlinkOracleTest is Test {
    TestFeed private feed;
    ChainlinkOracle private oracle;

    function setUp() public {
        vm.warp(1_800_000_000);
        feed = new TestFeed(8, "ETH / USD", 2000e8);
        oracle = _oracle(18, 6, 1 hours);
    }

    /// @dev One whole collateral token times the price over 1e36 is 2,000 whole asset tokens, whatever the decimals.
    function testFuzz_price_anyDecimals(uint8 collateralDecimals, uint8 assetDecimals, uint8 feedDecimals) public {
        collateralDecimals = uint8(bound(collateralDecimals, 0, 18));
        assetDecimals = uint8(bound(assetDecimals, 6, 18));
        feedDecimals = uint8(bound(feedDecimals, 0, 18));
        feed = new TestFeed(feedDecimals, "", int256(2000 * 10 ** feedDecimals));
        oracle = _oracle(collateralDecimals, assetDecimals, 1 hours);
        assertEq(10 ** collateralDecimals * oracle.price() / 1e36, 2000 * 10 ** assetDecimals);
    }

    function test_price_atTheEdgeOfAge() public {
        skip(1 hours);
        assertEq(oracle.price(), 2000e24);
    }

    function test_price_revertsWith_PriceStale() public {
        uint256 updatedAt = block.timestamp;
        skip(1 hours + 1);
        vm.expectRevert(abi.encodeWithSelector(ChainlinkOracle.PriceStale.selector, updatedAt, 1 hours));
        oracle.price();
    }

    function test_price_revertsWith_PriceNotPositive() public {
        feed.setAnswer(0);
        vm.expectRevert(abi.encodeWithSelector(ChainlinkOracle.PriceNotPositive.selector, 0));
        oracle.price();
        feed.setAnswer(-1);
        vm.expectRevert(abi.encodeWithSelector(ChainlinkOracle.PriceNotPositive.selector, -1));
        oracle.price();
    }

    function test_price_revertsWith_PriceInFuture() public {
        feed.setUpdatedAt(block.timestamp + 1);
        vm.expectRevert(abi.encodeWithSelector(ChainlinkOracle.PriceInFuture.selector, block.timestamp + 1));
        oracle.price();
    }

    function test_price_revertsWith_RoundIncomplete() public {
        feed.setRound(5, 2000e8, block.timestamp, block.timestamp, 4);
        vm.expectRevert(abi.encodeWithSelector(ChainlinkOracle.RoundIncomplete.selector, 5, 4));
        oracle.price();
        feed.setRound(5, 2000e8, block.timestamp, 0, 5);
        vm.expectRevert(abi.encodeWithSelector(ChainlinkOracle.RoundIncomplete.selector, 5, 5));
        oracle.price();
    }

    function test_constructor_revertsWith_MaxAgeOutOfRange() public {
        vm.expectRevert(abi.encodeWithSelector(ChainlinkOracle.MaxAgeOutOfRange.selector, 59));
        _oracle(18, 6, 59);
        vm.expectRevert(abi.encodeWithSelector(ChainlinkOracle.MaxAgeOutOfRange.selector, 72 hours + 1));
        _oracle(18, 6, 72 hours + 1);
    }

    function test_constructor_revertsWith_DecimalsOutOfRange() public {
        vm.expectRevert(ChainlinkOracle.DecimalsOutOfRange.selector);
        _oracle(19, 6, 1 hours);
        vm.expectRevert(ChainlinkOracle.DecimalsOutOfRange.selector);
        _oracle(18, 19, 1 hours);
        feed = new TestFeed(19, "", 1);
        vm.expectRevert(ChainlinkOracle.DecimalsOutOfRange.selector);
        _oracle(18, 6, 1 hours);
    }

    function _oracle(uint8 collateralDecimals, uint8 assetDecimals, uint256 maxAge) private returns (ChainlinkOracle) {
        return new ChainlinkOracle(IAggregatorV3(address(feed)), collateralDecimals, assetDecimals, maxAge);
    }
}
