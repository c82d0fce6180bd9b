// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC4626, IERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IRateModel} from "./interfaces/IRateModel.sol";
import {Booking, Books, IVault, Payout, Report} from "./interfaces/IVault.sol";
import {FixedPoint, RAY, SHARED_DECIMALS, WAD} from "./libraries/FixedPoint.sol";
import {Float16, FloatCodec} from "./libraries/Float.sol";
import {SafePay} from "./libraries/SafePay.sol";
import {VaultLedger, VaultTerms} from "./libraries/VaultLedger.sol";

/// @title Vault
/// @notice Custody and shares of one asset on one chain. Accounting is internal: tokens sent here by accident or malice
/// change no price (I8).
contract Vault is IVault, ERC4626, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;
    using SafeCast for uint256;
    using FixedPoint for uint256;
    using VaultLedger for Books;

    /// @notice What a vault is deployed with. `market` and `router` are addresses that do not have code yet.
    struct Setup {
        IERC20 asset;
        string name;
        string symbol;
        address market;
        address router;
        IRateModel rateModel;
        uint256 reserveFactor;
        uint256 leverageLimit;
        uint256 averagingPeriod;
        uint256 vestingPeriod;
    }

    address public immutable market;
    address public immutable router;
    IRateModel public immutable rateModel;
    uint256 public immutable scale;
    uint256 public immutable reserveFactor;
    uint256 public immutable leverageLimit;
    uint256 public immutable averagingPeriod;
    uint256 public immutable vestingPeriod;

    Books private _books;
    mapping(address beneficiary => uint256) public parked;
    uint256 public totalParked;

    modifier onlyMarket() {
        require(msg.sender == market, OnlyMarket(msg.sender));
        _;
    }

    modifier onlyRouter() {
        require(msg.sender == router, OnlyRouter(msg.sender));
        _;
    }

    constructor(Setup memory s) ERC20(s.name, s.symbol) ERC4626(s.asset) {
        uint8 assetDecimals = IERC20Metadata(address(s.asset)).decimals();
        require(assetDecimals >= SHARED_DECIMALS && assetDecimals <= 18, AssetDecimalsOutOfRange(assetDecimals));
        require(s.reserveFactor <= WAD / 2, ParameterOutOfRange("reserveFactor", s.reserveFactor));
        require(
            s.leverageLimit >= WAD / 4 && s.leverageLimit <= WAD, ParameterOutOfRange("leverageLimit", s.leverageLimit)
        );
        require(
            s.averagingPeriod >= 1 minutes && s.averagingPeriod <= 7 days,
            ParameterOutOfRange("averagingPeriod", s.averagingPeriod)
        );
        require(
            s.vestingPeriod >= 1 hours && s.vestingPeriod <= 30 days,
            ParameterOutOfRange("vestingPeriod", s.vestingPeriod)
        );
        market = s.market;
        router = s.router;
        rateModel = s.rateModel;
        scale = 10 ** (assetDecimals - SHARED_DECIMALS);
        reserveFactor = s.reserveFactor;
        leverageLimit = s.leverageLimit;
        averagingPeriod = s.averagingPeriod;
        vestingPeriod = s.vestingPeriod;
        _books.loanIndex = uint104(RAY);
        _books.debtIndex = uint104(RAY);
        _books.lastAccrual = uint32(block.timestamp);
    }

    // ------------------------------------------------------------------------------------------------- reading

    /// @inheritdoc IVault
    function books() external view returns (Books memory) {
        return _accrued();
    }

    /// @inheritdoc IVault
    function report() external view returns (Report memory) {
        return _accrued().reportOf(_terms());
    }

    /// @inheritdoc IVault
    function totalLoans() external view returns (uint256) {
        return _accrued().loansOf();
    }

    /// @inheritdoc IVault
    function freeCash() external view returns (uint256) {
        return _books.freeCashOf(scale);
    }

    /// @inheritdoc IVault
    function borrowRate() external view returns (uint256) {
        return Float16.wrap(_books.rate).decode();
    }

    /// @notice The suppliers' assets, accrued to now, asset units.
    function totalAssets() public view override(ERC4626, IERC4626) returns (uint256) {
        return _equity(_accrued());
    }

    /// @notice What cash has room for, asset units.
    function maxDeposit(address) public view override(ERC4626, IERC4626) returns (uint256) {
        return _maxDeposit(_books);
    }

    /// @notice `maxDeposit` in shares.
    function maxMint(address) public view override(ERC4626, IERC4626) returns (uint256) {
        Books memory b = _accrued();
        return _toShares(_maxDeposit(b), _equity(b), Math.Rounding.Floor);
    }

    /// @notice Most that `owner` can take now: their shares' worth, the free cash, and what the leverage limit leaves.
    function maxWithdraw(address owner) public view override(ERC4626, IERC4626) returns (uint256) {
        return _maxWithdraw(_accrued(), owner);
    }

    /// @notice `maxWithdraw` in shares.
    function maxRedeem(address owner) public view override(ERC4626, IERC4626) returns (uint256) {
        return _maxRedeem(_accrued(), owner);
    }

    // ------------------------------------------------------------------------------------------------- suppliers

    /// @inheritdoc IERC4626
    function deposit(uint256 assets, address receiver)
        public
        override(ERC4626, IERC4626)
        nonReentrant
        returns (uint256 shares)
    {
        Books memory b = _accrued();
        if (assets > _maxDeposit(b)) revert ERC4626ExceededMaxDeposit(receiver, assets, _maxDeposit(b));
        shares = _toShares(assets, _equity(b), Math.Rounding.Floor);
        _enter(b, receiver, assets, shares);
    }

    /// @inheritdoc IERC4626
    function mint(uint256 shares, address receiver)
        public
        override(ERC4626, IERC4626)
        nonReentrant
        returns (uint256 assets)
    {
        Books memory b = _accrued();
        uint256 limit = _toShares(_maxDeposit(b), _equity(b), Math.Rounding.Floor);
        if (shares > limit) revert ERC4626ExceededMaxMint(receiver, shares, limit);
        assets = _toAssets(shares, _equity(b), Math.Rounding.Ceil);
        _enter(b, receiver, assets, shares);
    }

    /// @inheritdoc IERC4626
    function withdraw(uint256 assets, address receiver, address owner)
        public
        override(ERC4626, IERC4626)
        nonReentrant
        returns (uint256 shares)
    {
        Books memory b = _accrued();
        uint256 limit = _maxWithdraw(b, owner);
        if (assets > limit) revert ERC4626ExceededMaxWithdraw(owner, assets, limit);
        shares = _toShares(assets, _equity(b), Math.Rounding.Ceil);
        _exit(b, receiver, owner, assets, shares);
    }

    /// @inheritdoc IERC4626
    function redeem(uint256 shares, address receiver, address owner)
        public
        override(ERC4626, IERC4626)
        nonReentrant
        returns (uint256 assets)
    {
        Books memory b = _accrued();
        uint256 limit = _maxRedeem(b, owner);
        if (shares > limit) revert ERC4626ExceededMaxRedeem(owner, shares, limit);
        assets = _toAssets(shares, _equity(b), Math.Rounding.Floor);
        _exit(b, receiver, owner, assets, shares);
    }

    /// @inheritdoc IVault
    function collect(address to) external nonReentrant returns (uint256 amount) {
        amount = parked[msg.sender];
        require(amount != 0, NothingParked(msg.sender));
        parked[msg.sender] = 0;
        totalParked -= amount;
        emit Collected(msg.sender, to, amount);
        IERC20(asset()).safeTransfer(to, amount * scale);
    }

    // ------------------------------------------------------------------------------------------------- market

    /// @inheritdoc IVault
    function lend(uint256 assets, address receiver) external onlyMarket nonReentrant {
        Books memory b = _accrued();
        uint256 free = b.freeCashOf(scale);
        require(assets <= free, InsufficientFreeCash(assets, free));
        b.cash -= uint104(assets);
        b.scaledLoans += assets.mulDivUp(RAY, b.loanIndex).toUint104();
        _store(b);
        IERC20(asset()).safeTransfer(receiver, assets);
    }

    /// @inheritdoc IVault
    function bookRepayment(uint256 assets, uint256 scaled) external onlyMarket nonReentrant {
        Books memory b = _accrued();
        b.cash += assets.toUint104();
        b.scaledLoans -= scaled.toUint104();
        _store(b);
    }

    // ------------------------------------------------------------------------------------------------- router

    /// @inheritdoc IVault
    function book(Booking calldata change) external onlyRouter nonReentrant returns (Report memory) {
        Books memory b = _accrued();
        b.addBalances(change, change.cash, scale);
        b.addSetAside(change.setAside);
        _store(b);
        return b.reportOf(_terms());
    }

    /// @inheritdoc IVault
    /// @dev Accrues nothing and leaves the words of the indices and averages alone. A payout takes the same amount from cash
    /// and from reserved cash, so free cash, which the averages follow, stays; the rate in force was stored when the books
    /// last changed.
    function pay(Booking calldata change, Payout[] calldata payouts) external onlyRouter nonReentrant {
        int256 total;
        for (uint256 i; i < payouts.length; ++i) {
            total += int256(uint256(payouts[i].amount));
        }
        Books memory b;
        (b.cash, b.reserved, b.unvested) = (_books.cash, _books.reserved, _books.unvested);
        (b.claimsValue, b.claimsFace, b.scaledDebt) = (_books.claimsValue, _books.claimsFace, _books.scaledDebt);
        b.addBalances(change, change.cash - total, scale);
        _requireReserveCovered(b);
        (_books.cash, _books.reserved, _books.unvested) = (b.cash, b.reserved, b.unvested);
        (_books.claimsValue, _books.claimsFace, _books.scaledDebt) = (b.claimsValue, b.claimsFace, b.scaledDebt);
        if (change.setAside != 0) {
            b.setAside = _books.setAside;
            b.addSetAside(change.setAside);
            _books.setAside = b.setAside;
        }
        for (uint256 i; i < payouts.length; ++i) {
            _payOrPark(payouts[i].recipient, payouts[i].amount);
        }
    }

    /// @inheritdoc IVault
    function release(Booking calldata change, address rail, uint256 amount) external onlyRouter nonReentrant {
        Books memory b = _accrued();
        uint256 free = b.freeCashOf(scale);
        uint256 assets = amount * scale;
        require(assets <= free, InsufficientFreeCash(assets, free));
        b.addBalances(change, change.cash - int256(amount), scale);
        b.addSetAside(change.setAside);
        _store(b);
        IERC20(asset()).safeTransfer(rail, assets);
    }

    // ------------------------------------------------------------------------------------------------- accrual

    /// @inheritdoc IVault
    /// @dev The rate stays what it was: it changes with the books, not with the clock.
    function accrue() external nonReentrant returns (uint256 loanIndex, uint256 debtIndex) {
        Books memory b = _books;
        if (b.lastAccrual != block.timestamp) {
            VaultLedger.accrue(b, block.timestamp, _terms());
            _books = b;
        }
        return (b.loanIndex, b.debtIndex);
    }

    /// @dev The books as they would be after accruing now.
    function _accrued() private view returns (Books memory b) {
        b = _books;
        VaultLedger.accrue(b, block.timestamp, _terms());
    }

    /// @dev Stores books that are accrued to now, with the rate that follows from them.
    function _store(Books memory b) private {
        _requireReserveCovered(b);
        b.rate = Float16.unwrap(FloatCodec.toFloat16Up(rateModel.borrowRate(b.loansOf(), b.cash)));
        _books = b;
    }

    // I3: credit is real cash.
    function _requireReserveCovered(Books memory b) private view {
        require(b.cash >= b.reserved * scale, CashBelowReserved(b.cash, b.reserved * scale));
    }

    function _terms() private view returns (VaultTerms memory) {
        return VaultTerms(scale, reserveFactor, averagingPeriod, vestingPeriod);
    }

    // ------------------------------------------------------------------------------------------------- ERC-4626

    /// @dev Shares have six more decimals than the asset, which makes inflating an empty vault's share price cost a
    /// million times what it takes from a victim.
    function _decimalsOffset() internal pure override returns (uint8) {
        return 6;
    }

    /// @dev The tokens come first: until they are here, the books say what was true before.
    function _enter(Books memory b, address receiver, uint256 assets, uint256 shares) private {
        require(assets != 0 && shares != 0, ZeroAmount());
        _deposit(msg.sender, receiver, assets, shares);
        b.cash += assets.toUint104();
        _store(b);
    }

    function _exit(Books memory b, address receiver, address owner, uint256 assets, uint256 shares) private {
        require(assets != 0 && shares != 0, ZeroAmount());
        b.cash -= assets.toUint104();
        _store(b);
        _withdraw(msg.sender, receiver, owner, assets, shares);
    }

    function _maxDeposit(Books memory b) private pure returns (uint256) {
        return type(uint104).max - b.cash;
    }

    function _maxWithdraw(Books memory b, address owner) private view returns (uint256) {
        return _toAssets(balanceOf(owner), _equity(b), Math.Rounding.Floor).min(_withdrawable(b));
    }

    function _maxRedeem(Books memory b, address owner) private view returns (uint256) {
        uint256 shares = balanceOf(owner);
        uint256 equity = _equity(b);
        uint256 limit = _withdrawable(b);
        if (_toAssets(shares, equity, Math.Rounding.Floor) <= limit) return shares;
        return _toShares(limit, equity, Math.Rounding.Floor);
    }

    /// @dev Free cash, within what the suppliers' equity may shrink to: owed ≤ limit × equity.
    function _withdrawable(Books memory b) private view returns (uint256) {
        uint256 free = b.freeCashOf(scale);
        uint256 owed = b.owedOf();
        if (owed == 0) return free;
        return free.min(_equity(b).zeroFloorSub((owed * scale).mulDivUp(WAD, leverageLimit)));
    }

    function _equity(Books memory b) private view returns (uint256) {
        return b.equityOf(b.loansOf(), scale);
    }

    function _convertToShares(uint256 assets, Math.Rounding rounding) internal view override returns (uint256) {
        return _toShares(assets, totalAssets(), rounding);
    }

    function _convertToAssets(uint256 shares, Math.Rounding rounding) internal view override returns (uint256) {
        return _toAssets(shares, totalAssets(), rounding);
    }

    function _toShares(uint256 assets, uint256 equity, Math.Rounding rounding) private view returns (uint256) {
        return Math.mulDiv(assets, totalSupply() + 10 ** _decimalsOffset(), equity + 1, rounding);
    }

    function _toAssets(uint256 shares, uint256 equity, Math.Rounding rounding) private view returns (uint256) {
        return Math.mulDiv(shares, equity + 1, totalSupply() + 10 ** _decimalsOffset(), rounding);
    }

    // I7: a recipient whom the token refuses does not stop the lane.
    function _payOrPark(address recipient, uint256 amount) private {
        if (SafePay.tryTransfer(asset(), recipient, amount * scale)) return;
        parked[recipient] += amount;
        totalParked += amount;
        emit Parked(recipient, amount);
    }
}
