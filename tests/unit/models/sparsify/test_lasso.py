import pytest

torch = pytest.importorskip("torch", reason="training needs PyTorch, which CI does not install")

from models.sparsify.blocks import block_norms
from models.sparsify.lasso import shrink_blocks
from vistest.vision.engine.patterns import Block

BLOCKS = [Block(4, 1), Block(4, 4), Block(4, 16)]


def weights():
    generator = torch.Generator().manual_seed(1)
    return torch.randn(10, 14, 3, 3, generator=generator, requires_grad=True)


def sum_of_norms(weight, block):
    """Written out: every group of outputs, of inputs, and every kernel position."""
    return sum(
        weight[row : row + block.outputs, group : group + block.inputs, y, x].square().sum().sqrt()
        for row in range(0, 10, block.outputs)
        for group in range(0, 14, block.inputs)
        for y in range(3)
        for x in range(3)
    )


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_it_goes_down_the_gradient_of_the_sum_of_block_norms(block):
    weight = weights()
    sum_of_norms(weight, block).backward()
    wanted = weight.detach() - 1e-3 * weight.grad
    shrink_blocks(weight, block, 1e-3)
    torch.testing.assert_close(weight.detach(), wanted)


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_each_block_gets_shorter_by_the_amount_but_not_below_zero(block):
    weight = weights()
    before = block_norms(weight, block)
    amount = float(before.median())
    shrink_blocks(weight, block, amount)
    torch.testing.assert_close(block_norms(weight, block), (before - amount).clamp(min=0))
    assert (block_norms(weight, block) == 0).double().mean() > 0.4


def test_zero_blocks_stay_zero():
    weight = weights()
    with torch.no_grad():
        weight[:, :4] = 0
    shrink_blocks(weight, Block(4, 1), 1.0)
    assert torch.isfinite(weight).all()
    assert not weight[:, :4].any()


def test_weak_blocks_die_and_strong_ones_stay():
    weight = weights()
    target = weight.detach().clone()
    target[:, 4:8] *= 0.01
    optimizer = torch.optim.SGD([weight], lr=0.05)
    for _ in range(300):
        optimizer.zero_grad()
        (0.5 * (weight - target).square().sum()).backward()
        optimizer.step()
        shrink_blocks(weight, Block(4, 1), 0.05 * 0.5)
    norms = block_norms(weight, Block(4, 1)).unflatten(1, (9, 4))
    assert norms[..., 1].max() == 0
    assert norms[..., 0].median() > 1
