"""One network in training: flat weights, AdamW and running average on them, and one step that can be
recorded as a CUDA graph, so that many networks share a card without waiting for the processor."""

import numpy as np
import torch
from torch import nn

try:
    from torch.func import functional_call
except ImportError:
    from torch.nn.utils.stateless import functional_call

from augment import DRAWS, augmented
from network import Backbone
from patches import SIZE

BATCH = 32
RATE = 2e-4
HEAD_RATE = 1e-3
WEIGHT_DECAY = 0.02
DROPOUT = 0.3
SMOOTHING = 0.05
AVERAGING = 0.98
GRADIENT_NORM = 5.0
BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8
HEAD_CHANNELS = 1280
TEACHER_SHARE = 0.5


class Classifier(nn.Module):
    """The backbone and one logit on its pooled head. The head starts at zero, so that networks of
    other seeds stay near one another and their weights can be averaged."""

    def __init__(self, weights):
        super().__init__()
        self.net = Backbone(weights)
        self.head = nn.Linear(HEAD_CHANNELS, 1)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)

    def forward(self, x, mask=None):
        pooled = self.net(x)[-1].mean(dim=(2, 3))
        if mask is not None:
            pooled = pooled * mask.to(pooled.dtype)
        return self.head(pooled)[:, 0].float()


class Flat:
    """A classifier whose parameters are one vector."""

    def __init__(self, weights, device):
        self.model = Classifier(weights).to(device)
        named = list(self.model.named_parameters())
        self.names = [name for name, _ in named]
        self.shapes = [p.shape for _, p in named]
        self.sizes = [p.numel() for _, p in named]
        self.initial = torch.cat([p.detach().reshape(-1) for _, p in named])
        self.in_head = torch.cat(
            [torch.full((p.numel(),), float(name.startswith("head")), device=device) for name, p in named]
        )

    def parts(self, flat):
        return {
            name: part.view(shape)
            for name, part, shape in zip(self.names, flat.split(self.sizes), self.shapes)
        }

    def logits(self, flat, x, mask=None):
        return functional_call(self.model, self.parts(flat), (x, mask))

    def backbone_state(self, flat):
        return {k[4:]: v.detach().cpu().clone() for k, v in self.parts(flat).items() if k.startswith("net.")}


def hyper_table(steps):
    """Rate factor, both bias corrections and what the average keeps, one row a step."""
    i = np.arange(steps)
    warm = max(steps // 20, 1)
    rate = np.minimum(1, (i + 1) / warm) * 0.5 * (1 + np.cos(np.pi * i / steps))
    keep = np.minimum(AVERAGING, (1 + i + 1) / (10 + i + 1))
    return np.stack([rate, 1 - BETA1 ** (i + 1), 1 - BETA2 ** (i + 1), keep], 1).astype(np.float32)


class Trainer:
    """Trains one job after another. `half`: bfloat16 arithmetic on float32 weights."""

    def __init__(self, weights, patches, recipe, teachers=0, half=False, channels_last=True, graph=False):
        self.patches, self.recipe, self.half = patches, recipe, half
        self.channels_last = channels_last
        device = self.device = patches.device
        self.flat = Flat(weights, device)
        zeros = lambda *shape: torch.zeros(*shape, device=device)
        self.weights = self.flat.initial.clone()
        self.moment, self.square, self.average = (self.weights * 0 for _ in range(3))
        self.teachers = [self.flat.initial.clone() for _ in range(teachers)]
        self.rate = RATE + (HEAD_RATE - RATE) * self.flat.in_head
        self.hyper, self.loss = zeros(4), zeros(())
        self.rows = torch.zeros(BATCH, dtype=torch.long, device=device)
        self.u, self.noise, self.mask = zeros(BATCH, DRAWS), zeros(BATCH, 1, SIZE, SIZE), zeros(BATCH, HEAD_CHANNELS)
        self.stream = torch.cuda.Stream() if device.type == "cuda" else None
        self.graph = None
        if graph:
            self.record()

    def logits(self, flat, x, mask=None):
        if self.channels_last:
            # With one channel both layouts are the same bytes; the strides choose the kernels.
            x = x.contiguous().as_strided(x.shape, (x[0].numel(), 1, x.shape[3], 1))
        if self.half:
            flat, x = flat.bfloat16(), x.bfloat16()
        return self.flat.logits(flat, x, mask)

    def step(self):
        x = augmented(self.patches, self.rows, self.u, self.noise, self.recipe)
        y = self.patches.target[self.rows] * (1 - SMOOTHING) + SMOOTHING / 2
        if self.teachers:
            with torch.no_grad():
                taught = sum(self.logits(t, x) for t in self.teachers) / len(self.teachers)
                y = (1 - TEACHER_SHARE) * y + TEACHER_SHARE * torch.sigmoid(taught)
        leaf = self.weights.detach().requires_grad_()
        mask = (self.mask >= DROPOUT).float() / (1 - DROPOUT)
        loss = nn.functional.binary_cross_entropy_with_logits(self.logits(leaf, x, mask), y)
        (gradient,) = torch.autograd.grad(loss, leaf)
        gradient = gradient * (GRADIENT_NORM / (gradient.norm() + 1e-6)).clamp(max=1)
        factor, first, second, keep = self.hyper.unbind()
        self.moment.mul_(BETA1).add_(gradient, alpha=1 - BETA1)
        self.square.mul_(BETA2).addcmul_(gradient, gradient, value=1 - BETA2)
        rate = self.rate * factor
        self.weights.mul_(1 - rate * WEIGHT_DECAY)
        self.weights.sub_(rate * (self.moment / first) / ((self.square / second).sqrt() + EPSILON))
        self.average.add_((self.weights - self.average) * (1 - keep))
        self.loss.add_(loss.detach())

    def record(self):
        self.hyper.fill_(0.5)
        current = torch.cuda.current_stream()
        self.stream.wait_stream(current)
        with torch.cuda.stream(self.stream):
            for _ in range(3):
                self.step()
        current.wait_stream(self.stream)
        torch.cuda.synchronize()
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph, stream=self.stream):
            self.step()
        torch.cuda.synchronize()
        self.graph = graph

    def load(self, rows, epochs, seed, teachers=()):
        """Starts a job on the rows named, from the initial weights."""
        self.generator = torch.Generator(device=self.device)
        self.generator.manual_seed(seed)
        shuffle = np.random.default_rng(seed)
        per_epoch = len(rows) // BATCH
        order = np.concatenate([shuffle.permutation(rows)[: per_epoch * BATCH] for _ in range(epochs)])
        self.order = torch.from_numpy(order.reshape(-1, BATCH)).to(self.device)
        self.table = torch.from_numpy(hyper_table(epochs * per_epoch)).to(self.device)
        self.at, self.steps, self.per_epoch = 0, epochs * per_epoch, per_epoch
        self.weights.copy_(self.flat.initial)
        self.average.copy_(self.flat.initial)
        for buffer in (self.moment, self.square, self.loss):
            buffer.zero_()
        for mine, given in zip(self.teachers, teachers):
            mine.copy_(given)
        if self.stream:
            torch.cuda.synchronize()
        self.events = []

    def prepare(self):
        self.rows.copy_(self.order[self.at])
        self.hyper.copy_(self.table[self.at])
        for buffer in (self.u, self.mask):
            buffer.uniform_(generator=self.generator)
        self.noise.normal_(generator=self.generator)

    def advance(self):
        """One step; on a card it returns before the step is done. False when the job is over."""
        if self.stream:
            if len(self.events) > 8:
                self.events.pop(0).synchronize()
            with torch.cuda.stream(self.stream):
                self.prepare()
                self.graph.replay() if self.graph else self.step()
                event = torch.cuda.Event()
                event.record()
            self.events.append(event)
        else:
            self.prepare()
            self.step()
        self.at += 1
        return self.at < self.steps

    def settle(self):
        """Waits until all steps asked for are done."""
        if self.stream:
            self.stream.synchronize()

    def state(self):
        kept = dict(weights=self.weights, average=self.average, moment=self.moment, square=self.square)
        return {**kept, "loss": self.loss, "at": self.at, "generator": self.generator.get_state()}

    def resume(self, state):
        for name in ("weights", "average", "moment", "square", "loss"):
            getattr(self, name).copy_(state[name])
        self.at = state["at"]
        self.generator.set_state(state["generator"])
