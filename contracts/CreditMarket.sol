// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Collateral, ICreditMarket, Position} from "./interfaces/ICreditMarket.sol";
import {IVault} from "./interfaces/IVault.sol";
import {FixedPoint, RAY, WAD} from "./libraries/FixedPoint.sol";
import {BASIS_POINTS} from "./libraries/VaultLedger.sol";

/// @title CreditMarket
/// @notice Collateralised borrowing of the vault's cash.
contract CreditMarket is ICreditMarket, Ownable2Step, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;
    using SafeCast for uint256;
    using FixedPoint for uint256;

    /// @dev Oracle prices carry this scale.
    uint256 private constant PRICE_SCALE = 1e36;

    IVault public immutable vault;
    IERC20 private immutable asset;
    uint256 private immutable scale;

    mapping(address collateral => Collateral) private _terms;
    mapping(address collateral => uint256) public totalScaledDebt;
    mapping(address collateral => mapping(address account => Position)) private _positions;

    constructor(IVault vault_, address owner_) Ownable(owner_) {
        require(vault_.market() == address(this), VaultMismatch(vault_.market(), address(this)));
        vault = vault_;
        asset = IERC20(vault_.asset());
        scale = vault_.scale();
    }

    // ------------------------------------------------------------------------------------------------- owner

    /// @inheritdoc ICreditMarket
    function listCollateral(address collateral, Collateral calldata terms) external onlyOwner {
        // A vault's own shares or asset as collateral would let the market fund itself.
        require(
            collateral != address(0) && collateral != address(vault) && collateral != address(asset),
            CollateralNotAllowed(collateral)
        );
        require(
            terms.borrowFactor < terms.liquidationThreshold && terms.liquidationThreshold < BASIS_POINTS,
            FactorsOutOfRange(terms.borrowFactor, terms.liquidationThreshold)
        );
        uint16 threshold = _terms[collateral].liquidationThreshold;
        require(
            terms.liquidationThreshold >= threshold || totalScaledDebt[collateral] == 0,
            ThresholdCut(threshold, terms.liquidationThreshold)
        );
        // A feed that cannot answer now is not listed.
        terms.oracle.price();
        _terms[collateral] = terms;
        emit CollateralListed(collateral, terms);
    }

    // ------------------------------------------------------------------------------------------------- borrowers

    /// @inheritdoc ICreditMarket
    function supplyCollateral(address collateral, uint256 amount, address account) external nonReentrant {
        require(amount != 0, ZeroAmount());
        require(account != address(0), ZeroAddress());
        require(address(_terms[collateral].oracle) != address(0), CollateralNotListed(collateral));
        Position storage p = _positions[collateral][account];
        p.collateral += amount.toUint128();
        emit CollateralSupplied(collateral, account, msg.sender, amount);
        IERC20(collateral).safeTransferFrom(msg.sender, address(this), amount);
    }

    /// @inheritdoc ICreditMarket
    function withdrawCollateral(address collateral, uint256 amount, address receiver) external nonReentrant {
        require(amount != 0, ZeroAmount());
        require(receiver != address(0), ZeroAddress());
        Position memory p = _positions[collateral][msg.sender];
        p.collateral -= amount.toUint128();
        if (p.scaledDebt != 0) {
            (uint256 loanIndex,) = vault.accrue();
            _requireCollateral(_terms[collateral], p, loanIndex);
        }
        _positions[collateral][msg.sender] = p;
        emit CollateralWithdrawn(collateral, msg.sender, receiver, amount);
        IERC20(collateral).safeTransfer(receiver, amount);
    }

    /// @inheritdoc ICreditMarket
    function borrow(address collateral, uint256 assets, address receiver) external nonReentrant {
        require(assets != 0, ZeroAmount());
        require(receiver != address(0), ZeroAddress());
        Collateral memory terms = _terms[collateral];
        require(address(terms.oracle) != address(0), CollateralNotListed(collateral));
        (uint256 loanIndex,) = vault.accrue();
        // The vault books the same scaled amount: sum over positions = the vault's total.
        uint256 scaled = assets.mulDivUp(RAY, loanIndex);

        uint256 total = totalScaledDebt[collateral] + scaled;
        uint256 ceiling = terms.debtCeiling * scale;
        uint256 debt = total.mulDivUp(loanIndex, RAY);
        require(debt <= ceiling, DebtCeilingExceeded(debt, ceiling));

        Position memory p = _positions[collateral][msg.sender];
        p.scaledDebt += scaled.toUint128();
        _requireCollateral(terms, p, loanIndex);

        totalScaledDebt[collateral] = total;
        _positions[collateral][msg.sender] = p;
        emit Borrowed(collateral, msg.sender, receiver, assets);
        vault.lend(assets, receiver);
    }

    /// @inheritdoc ICreditMarket
    function repay(address collateral, uint256 assets, address account) external nonReentrant returns (uint256 repaid) {
        require(assets != 0, ZeroAmount());
        Position memory p = _positions[collateral][account];
        require(p.scaledDebt != 0, NoDebt(collateral, account));
        (uint256 loanIndex,) = vault.accrue();
        uint256 debt = uint256(p.scaledDebt).mulDivUp(loanIndex, RAY);
        repaid = assets.min(debt);
        uint256 scaled = repaid == debt ? p.scaledDebt : repaid.mulDivDown(RAY, loanIndex);

        totalScaledDebt[collateral] -= scaled;
        p.scaledDebt -= uint128(scaled);
        _positions[collateral][account] = p;
        emit Repaid(collateral, account, msg.sender, repaid);
        asset.safeTransferFrom(msg.sender, address(vault), repaid);
        vault.bookRepayment(repaid, scaled);
    }

    // ------------------------------------------------------------------------------------------------- reading

    /// @inheritdoc ICreditMarket
    function collateralTerms(address collateral) external view returns (Collateral memory) {
        return _terms[collateral];
    }

    /// @inheritdoc ICreditMarket
    function position(address collateral, address account) external view returns (Position memory) {
        return _positions[collateral][account];
    }

    /// @inheritdoc ICreditMarket
    function debtOf(address collateral, address account) public view returns (uint256) {
        return uint256(_positions[collateral][account].scaledDebt).mulDivUp(vault.books().loanIndex, RAY);
    }

    /// @inheritdoc ICreditMarket
    function healthFactor(address collateral, address account) external view returns (uint256) {
        uint256 debt = debtOf(collateral, account);
        if (debt == 0) return type(uint256).max;
        Collateral memory terms = _terms[collateral];
        uint256 backing = _value(terms, _positions[collateral][account].collateral, terms.liquidationThreshold);
        return backing * WAD / debt;
    }

    /// @inheritdoc ICreditMarket
    function borrowable(address collateral, address account) external view returns (uint256) {
        Collateral memory terms = _terms[collateral];
        require(address(terms.oracle) != address(0), CollateralNotListed(collateral));
        uint256 limit = _value(terms, _positions[collateral][account].collateral, terms.borrowFactor);
        return limit.zeroFloorSub(debtOf(collateral, account));
    }

    function _requireCollateral(Collateral memory terms, Position memory p, uint256 loanIndex) private view {
        uint256 debt = uint256(p.scaledDebt).mulDivUp(loanIndex, RAY);
        uint256 limit = _value(terms, p.collateral, terms.borrowFactor);
        require(debt <= limit, InsufficientCollateral(debt, limit));
    }

    /// @dev Collateral in asset units at `factor`, rounded down. A product beyond 256 bits reverts: no collateral is worth
    /// that much.
    function _value(Collateral memory terms, uint256 collateral, uint256 factor) private view returns (uint256) {
        return collateral.mulDivDown(terms.oracle.price(), PRICE_SCALE).mulDivDown(factor, BASIS_POINTS);
    }
}
