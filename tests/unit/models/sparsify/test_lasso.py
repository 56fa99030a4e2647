import pytest

torch = pytest.importorskip("torch", reason="training needs PyTorch, which CI does not install")

from models.sparsify.blocks import block_norms
from models.sparsify.lasso import add_group_lasso
from vistest.vision.engine.patterns import Block

BLOCKS = [Block(4, 1), Block(4, 4), Block(4, 16)]


def weights():
    generator = torch.Generator().manual_seed(1)
    return torch.randn(10, 14, 3, 3, generator=generator, requires_grad=True)


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_it_is_the_gradient_of_the_sum_of_block_norms(block):
    weight = weights()
    loss = (weight**3).sum()
    loss.backward()
    add_group_lasso(weight, block, 0.25)
    found = weight.grad.clone()
    weight.grad = None
    rows = [weight[row : row + block.outputs] for row in range(0, 10, block.outputs)]
    norms = [
        part[:, group : group + block.inputs, y, x].square().sum().sqrt()
        for part in rows
        for group in range(0, 14, block.inputs)
        for y in range(3)
        for x in range(3)
    ]
    ((weight**3).sum() + 0.25 * sum(norms)).backward()
    torch.testing.assert_close(found, weight.grad)


def test_zero_blocks_stay_without_a_pull():
    weight = weights()
    with torch.no_grad():
        weight[:, :4] = 0
    weight.grad = torch.zeros_like(weight)
    add_group_lasso(weight, Block(4, 1), 1.0)
    assert torch.isfinite(weight.grad).all()
    assert not weight.grad[:, :4].any()


def test_weak_blocks_die_and_strong_ones_stay():
    weight = weights()
    target = weight.detach().clone()
    target[:, 4:8] *= 0.01
    optimizer = torch.optim.SGD([weight], lr=0.05)
    for _ in range(300):
        optimizer.zero_grad()
        (0.5 * (weight - target).square().sum()).backward()
        add_group_lasso(weight, Block(4, 1), 0.5)
        optimizer.step()
    norms = block_norms(weight, Block(4, 1)).unflatten(1, (9, 4))
    assert norms[..., 1].max() < 0.05
    assert norms[..., 0].median() > 1
