// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Test} from "forge-std/Test.sol";

import {Float16, Float24, FloatCodec} from "../../contracts/libraries/Float.sol";

contract FloatFuzzTest is Test {
    function testFuzz_float24_roundsDownByLessThanItsPrecision(uint256 value) public pure {
        value = bound(value, 0, 2 ** 81 - 1);
        uint256 decoded = FloatCodec.toFloat24Down(value).decode();
        assertLe(decoded, value);
        assertLe((value - decoded) * 2 ** 17, value);
        assertEq(Float24.unwrap(FloatCodec.toFloat24Saturating(value)), Float24.unwrap(FloatCodec.toFloat24Down(value)));
    }

    function testFuzz_float24_smallNumbersAreExact(uint256 value) public pure {
        value = bound(value, 0, 2 ** 18 - 1);
        assertEq(FloatCodec.toFloat24Down(value).decode(), value);
    }

    function testFuzz_float24_keepsOrder(uint256 x, uint256 y) public pure {
        x = bound(x, 0, 2 ** 81 - 1);
        y = bound(y, x, 2 ** 81 - 1);
        assertLe(FloatCodec.toFloat24Down(x).decode(), FloatCodec.toFloat24Down(y).decode());
    }

    /// @dev Every pattern of bits decodes, and encodes to the same number.
    function testFuzz_float24_anyBits(uint24 bits) public pure {
        uint256 value = Float24.wrap(bits).decode();
        assertLt(value, 2 ** 81);
        assertEq(FloatCodec.toFloat24Down(value).decode(), value);
    }

    function testFuzz_float24_revertsWith_FloatOverflow(uint256 value) public {
        value = bound(value, 2 ** 81, type(uint256).max);
        assertEq(FloatCodec.toFloat24Saturating(value).decode(), (2 ** 18 - 1) << 63);
        vm.expectRevert(abi.encodeWithSelector(FloatCodec.FloatOverflow.selector, value));
        this.toFloat24Down(value);
    }

    function testFuzz_float16_roundsUpByLessThanItsPrecision(uint256 value) public pure {
        value = bound(value, 0, (2 ** 11 - 1) << 31);
        uint256 decoded = FloatCodec.toFloat16Up(value).decode();
        assertGe(decoded, value);
        assertLe((decoded - value) * 2 ** 10, value);
    }

    function testFuzz_float16_keepsOrder(uint256 x, uint256 y) public pure {
        x = bound(x, 0, (2 ** 11 - 1) << 31);
        y = bound(y, x, (2 ** 11 - 1) << 31);
        assertLe(FloatCodec.toFloat16Up(x).decode(), FloatCodec.toFloat16Up(y).decode());
    }

    function test_float16_carriesIntoTheExponent() public pure {
        // 2^12 - 1 has 12 bits: up to 2^12.
        assertEq(FloatCodec.toFloat16Up(2 ** 12 - 1).decode(), 2 ** 12);
        assertEq(FloatCodec.toFloat16Up(2 ** 11 - 1).decode(), 2 ** 11 - 1);
        assertEq(FloatCodec.toFloat16Up(2 ** 11 + 1).decode(), 2 ** 11 + 2);
    }

    function testFuzz_float16_revertsWith_FloatOverflow(uint256 value) public {
        value = bound(value, ((2 ** 11 - 1) << 31) + 1, type(uint256).max);
        vm.expectPartialRevert(FloatCodec.FloatOverflow.selector);
        this.toFloat16Up(value);
    }

    function toFloat24Down(uint256 value) external pure returns (Float24) {
        return FloatCodec.toFloat24Down(value);
    }

    function toFloat16Up(uint256 value) external pure returns (Float16) {
        return FloatCodec.toFloat16Up(value);
    }
}
