// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Blocklist} from "./Blocklist.sol";
import {OFTCore} from "@layerzerolabs/lz-evm-oapp-v2/contracts/oft/OFTCore.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice OFT of local chains: burns what it sends and mints what it receives, with a blocklist.
/// @dev LayerZero's OFT reads decimals() before an immutable of a derived contract is set, so it cannot take its
/// decimals from a constructor argument. This contract joins OFTCore, which holds all the logic, and ERC20 itself.
contract TestOft is OFTCore, ERC20, Blocklist {
    uint8 private immutable _decimals;

    constructor(string memory name_, string memory symbol_, uint8 decimals_, address endpoint_, address owner_)
        ERC20(name_, symbol_)
        OFTCore(decimals_, endpoint_, owner_)
        Ownable(owner_)
    {
        _decimals = decimals_;
    }

    function decimals() public view override returns (uint8) {
        return _decimals;
    }

    function token() external view returns (address) {
        return address(this);
    }

    function approvalRequired() external pure returns (bool) {
        return false;
    }

    function setBlocked(address account, bool isBlocked) external onlyOwner {
        _setBlocked(account, isBlocked);
    }

    function _debit(address from, uint256 amountLD, uint256 minAmountLD, uint32 dstEid)
        internal
        override
        returns (uint256 amountSentLD, uint256 amountReceivedLD)
    {
        (amountSentLD, amountReceivedLD) = _debitView(amountLD, minAmountLD, dstEid);
        _burn(from, amountSentLD);
    }

    function _credit(address to, uint256 amountLD, uint32) internal override returns (uint256 amountReceivedLD) {
        _mint(to, amountLD);
        return amountLD;
    }

    function _update(address from, address to, uint256 value) internal override {
        _requireNotBlocked(from, to);
        super._update(from, to, value);
    }
}
