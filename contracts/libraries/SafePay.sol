// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title SafePay
/// @notice A token transfer that may fail without failing its caller, with bounded gas and bounded return data.
library SafePay {
    /// @notice Gas that a payment may use. Transfers of the tokens in use take 30,000 to 65,000.
    uint256 internal constant PAYMENT_GAS = 100_000;

    /// @notice Too little gas is left for the payment to have a fair chance; the whole call must be made again with more.
    error InsufficientGasForPayment(uint256 available, uint256 required);

    /// @return paid Whether `token` moved `amount` to `to`.
    function tryTransfer(address token, address to, uint256 amount) internal returns (bool paid) {
        // A call passes on at most 63/64 of what is left: ask for enough, so that a caller who starves the payment
        // cannot make it look refused.
        uint256 required = PAYMENT_GAS + PAYMENT_GAS / 32;
        if (gasleft() < required) revert InsufficientGasForPayment(gasleft(), required);
        uint256 gasLimit = PAYMENT_GAS;
        assembly ("memory-safe") {
            let pointer := mload(0x40)
            mstore(pointer, 0xa9059cbb00000000000000000000000000000000000000000000000000000000)
            mstore(add(pointer, 4), to)
            mstore(add(pointer, 36), amount)
            // Only one word of return data is copied, however much comes back.
            paid := call(gasLimit, token, 0, pointer, 68, 0, 32)
            // Tokens that return nothing have succeeded; others must have returned true.
            if paid { paid := or(iszero(returndatasize()), and(gt(returndatasize(), 31), eq(mload(0), 1))) }
        }
    }
}
