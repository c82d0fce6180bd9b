// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Origin} from "@layerzerolabs/lz-evm-protocol-v2/contracts/interfaces/ILayerZeroEndpointV2.sol";

import {Order, TransferParams} from "../../contracts/interfaces/ILaneRouter.sol";
import {MessageFormat, Told} from "../fixtures/MessageFormat.sol";
import {Production} from "../fixtures/Production.sol";
import {GasFixture} from "./GasFixture.sol";

/// @notice What transfers cost beside messaging, one cold transaction each: the endpoint is a stub. The lane is in use:
/// nothing but a new holder's balance is written for the first time.
/// forge-config: default.isolate = true
contract CrossChainGasTest is GasFixture {
    uint32 internal constant REMOTE = 30_184;
    address internal peer = makeAddr("peer");
    address internal user = makeAddr("user");
    address internal holder = makeAddr("holder");
    address internal newHolder = makeAddr("new holder");

    Told internal remote;
    uint64 internal nonce;

    function setUp() public override {
        super.setUp();
        vm.deal(peer, 1 ether);
        isobar.router.setPeer(REMOTE, bytes32(uint256(uint160(peer))));
        isobar.router.setLaneTerms(REMOTE, Production.laneTerms());
        _fund(user);
        asset.mint(holder, 1);
        isobar.router.refillCredit(REMOTE);

        remote.granted = 50_000e6;
        remote.ordered = 1000e6;
        remote.cap = MessageFormat.size(Production.CAP);
        remote.creditTarget = MessageFormat.size(Production.CREDIT_TARGET);
        remote.equity = MessageFormat.size(1_000_000e6);
        remote.loans = MessageFormat.size(600_000e6);
        remote.averageLoans = remote.loans;
        remote.free = MessageFormat.size(350_000e6);
        remote.averageFree = remote.free;
        remote.cash = MessageFormat.size(400_000e6);
        remote.gross = MessageFormat.size(1_000_000e6);
        remote.supplyRate = MessageFormat.size(1e9);
        remote.coverage = 10_000;
        // Both directions have been used, then the lane stands where each test wants it.
        _deliverOrder(holder, 1000e6);
        _transfer(500e6);
    }

    function test_gas_transferAsCreditor() public {
        _becomeCreditor();
        _transfer(100e6);
        vm.snapshotGasLastCall(GROUP, "transfer as creditor");
        assertEq(isobar.router.position(REMOTE), 400e6);
    }

    function test_gas_transferAsDebtor() public {
        _becomeDebtor();
        _transfer(100e6);
        vm.snapshotGasLastCall(GROUP, "transfer as debtor");
        assertLt(isobar.router.position(REMOTE), -4600e6);
    }

    function test_gas_payoutToHolder() public {
        _becomeCreditor();
        _deliverOrder(holder, 100e6);
        vm.snapshotGasLastCall(GROUP, "payout to a holder");
        assertEq(isobar.router.position(REMOTE), 600e6);
    }

    function test_gas_payoutWithInterest() public {
        _becomeCreditor();
        remote.charged += 1e6;
        _deliverOrder(holder, 100e6);
        vm.snapshotGasLastCall(GROUP, "payout with interest accepted");
        assertEq(isobar.router.position(REMOTE), 601e6);
    }

    function test_gas_payoutToNewHolder() public {
        _becomeCreditor();
        _deliverOrder(newHolder, 100e6);
        vm.snapshotGasLastCall(GROUP, "payout to a new holder");
        assertEq(asset.balanceOf(newHolder), 100e6);
    }

    function test_gas_bareStatement() public {
        _becomeCreditor();
        _deliver(new Order[](0));
        vm.snapshotGasLastCall(GROUP, "bare statement");
        assertEq(isobar.router.lane(REMOTE).remoteTime, block.timestamp);
    }

    /// @dev The other vault owes 500, all the interest that it has charged itself so far is accepted.
    function _becomeCreditor() private {
        skip(1 days);
        remote.charged = 1e6;
        _deliverOrder(holder, 1e6);
        assertEq(isobar.router.lane(REMOTE).earned, 1e6);
        _settleTo(500e6);
        skip(1 days);
    }

    /// @dev This vault owes 4,500 and a day's interest on it.
    function _becomeDebtor() private {
        _settleTo(500e6);
        _transfer(5000e6);
        skip(1 days);
    }

    /// @dev Brings the position to `target` by value over the rail.
    function _settleTo(int256 target) private {
        int256 position = isobar.router.position(REMOTE);
        uint64 amount = uint64(uint256(position > target ? position - target : target - position));
        if (position > target) {
            asset.mint(address(isobar.vault), amount);
            vm.prank(address(isobar.rail));
            isobar.router.onRailReceived(REMOTE, amount);
        } else if (position < target) {
            _deliverOrder(holder, amount);
        }
        assertEq(isobar.router.position(REMOTE), target);
    }

    function _transfer(uint256 amount) private {
        TransferParams memory params = TransferParams({
            dstEid: REMOTE,
            recipient: user,
            amount: amount,
            minReceived: uint64(amount),
            deadline: uint40(block.timestamp + 1 hours)
        });
        vm.prank(user);
        isobar.router.transfer(params);
    }

    function _deliverOrder(address recipient, uint64 gross) private {
        Order[] memory orders = new Order[](1);
        orders[0] = Order(recipient, gross, 0, "");
        remote.ordered += gross;
        _deliver(orders);
    }

    function _deliver(Order[] memory orders) private {
        remote.time = uint32(block.timestamp);
        bytes memory message = MessageFormat.encode(remote, orders);
        Origin memory origin = Origin(REMOTE, bytes32(uint256(uint160(peer))), ++nonce);
        vm.prank(endpoint);
        isobar.router.lzReceive(origin, keccak256(message), message, address(0), "");
    }
}
