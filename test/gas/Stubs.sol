// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {
    MessagingFee,
    MessagingParams,
    MessagingReceipt
} from "@layerzerolabs/lz-evm-protocol-v2/contracts/interfaces/ILayerZeroEndpointV2.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

import {IPriceOracle} from "../../contracts/interfaces/IPriceOracle.sol";

/// @notice An endpoint that does nothing, so that a measurement shows the application alone.
contract StubEndpoint {
    function eid() external pure returns (uint32) {
        return 30_101;
    }

    function setDelegate(address) external {}

    function send(MessagingParams calldata, address) external payable returns (MessagingReceipt memory) {}

    function quote(MessagingParams calldata, address) external pure returns (MessagingFee memory) {}
}

/// @notice An OFT as far as a rail's constructor asks.
contract StubOft {
    address public immutable token;
    bool public constant approvalRequired = false;

    constructor(address token_) {
        token = token_;
    }
}

/// @notice A price that costs one storage read.
contract SlotOracle is IPriceOracle {
    uint256 public price;

    constructor(uint256 price_) {
        price = price_;
    }
}

/// @notice An ERC-20 without any extras.
contract PlainToken is ERC20 {
    uint8 private immutable _decimals;

    constructor(string memory symbol_, uint8 decimals_) ERC20(symbol_, symbol_) {
        _decimals = decimals_;
    }

    function decimals() public view override returns (uint8) {
        return _decimals;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}
