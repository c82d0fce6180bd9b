// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Blocklist} from "./Blocklist.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice ERC-20 of local chains and tests: any decimals, minted by its owner, with a blocklist.
contract TestToken is ERC20, Ownable, Blocklist {
    uint8 private immutable _decimals;

    constructor(string memory name_, string memory symbol_, uint8 decimals_, address owner_)
        ERC20(name_, symbol_)
        Ownable(owner_)
    {
        _decimals = decimals_;
    }

    function decimals() public view override returns (uint8) {
        return _decimals;
    }

    function mint(address to, uint256 amount) external onlyOwner {
        _mint(to, amount);
    }

    function setBlocked(address account, bool isBlocked) external onlyOwner {
        _setBlocked(account, isBlocked);
    }

    function _update(address from, address to, uint256 value) internal override {
        _requireNotBlocked(from, to);
        super._update(from, to, value);
    }
}
