// The Python classes and functions that scripts carry along for what PyTorch has not quite as nnbook does.

import type { HelperName } from "./torchCode.ts";

export const torchHelpers: Readonly<Record<HelperName, string>> = {
  Prelu: `class Prelu(nn.Module):
    """A learned slope for each feature (last axis) below zero."""

    def __init__(self, features):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(features))

    def forward(self, x):
        return torch.where(x >= 0, x, self.weight * x)`,

  BatchNorm: `class BatchNorm(nn.Module):
    """Batch normalization over all axes but the last; \`momentum\` is the share of the new batch, as in PyTorch."""

    def __init__(self, features, momentum, eps, scale, center, unbiased, frozen):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(features)) if scale else None
        self.bias = nn.Parameter(torch.zeros(features)) if center else None
        self.register_buffer("running_mean", torch.zeros(features))
        self.register_buffer("running_var", torch.ones(features))
        self.momentum, self.eps, self.unbiased, self.frozen = momentum, eps, unbiased, frozen

    def forward(self, x):
        if self.training and not self.frozen:
            axes = tuple(range(x.dim() - 1))
            mean, variance = x.mean(axes), x.var(axes, unbiased=False)
            with torch.no_grad():
                rows = x.numel() // x.shape[-1]
                seen = variance * rows / max(1, rows - 1) if self.unbiased else variance
                self.running_mean.lerp_(mean, self.momentum)
                self.running_var.lerp_(seen, self.momentum)
        else:
            mean, variance = self.running_mean, self.running_var
        y = (x - mean) * torch.rsqrt(variance + self.eps)
        y = y if self.weight is None else y * self.weight
        return y if self.bias is None else y + self.bias`,

  RmsNorm: `class RmsNorm(nn.Module):
    """Each example's features divided by the root of their mean square."""

    def __init__(self, features, eps, scale):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(features)) if scale else None
        self.eps = eps

    def forward(self, x):
        y = x * torch.rsqrt(x.square().mean(-1, keepdim=True) + self.eps)
        return y if self.weight is None else y * self.weight`,

  Cell: `class Cell(nn.Module):
    """A recurrent layer over [batch, steps, features]. Gates stand in the order input, forget, candidate, output ("lstm"),
    update, reset, candidate ("gru"); weights are [features, gates * units], as in Keras."""

    def __init__(self, kind, features, units, bias, activation, gate, sequences, backwards, dropout, state_dropout):
        super().__init__()
        gates = {"rnn": 1, "lstm": 4, "gru": 3, "gru_before": 3}[kind]
        self.kind, self.units, self.activation, self.gate = kind, units, activation, gate
        self.sequences, self.backwards = sequences, backwards
        self.dropout, self.state_dropout = dropout, state_dropout
        self.kernel = nn.Parameter(torch.zeros(features, gates * units))
        self.recurrent_kernel = nn.Parameter(torch.zeros(units, gates * units))
        shape = (2, gates * units) if kind == "gru" else (gates * units,)
        self.bias = nn.Parameter(torch.zeros(shape)) if bias else None

    def forward(self, x, hidden=None, cell=None):
        batch, units = x.shape[0], self.units
        hidden = x.new_zeros(batch, units) if hidden is None else hidden
        cell = x.new_zeros(batch, units) if cell is None else cell
        # What is left out is the same at every step.
        x = x * F.dropout(x.new_ones(batch, 1, x.shape[2]), self.dropout, self.training)
        mask = F.dropout(x.new_ones(batch, units), self.state_dropout, self.training)
        inputs = x @ self.kernel
        if self.bias is not None:
            inputs = inputs + (self.bias[0] if self.kind == "gru" else self.bias)
        states = []
        order = range(x.shape[1])
        for step in reversed(order) if self.backwards else order:
            hidden, cell = self.take_step(inputs[:, step], hidden, hidden * mask, cell)
            states.append(hidden)
        return torch.stack(states, dim=1) if self.sequences else hidden

    def take_step(self, z, hidden, seen, cell):
        units, recurrent = self.units, self.recurrent_kernel
        if self.kind == "rnn":
            return self.activation(z + seen @ recurrent), cell
        if self.kind == "lstm":
            i, f, c, o = (z + seen @ recurrent).split(units, dim=1)
            cell = self.gate(f) * cell + self.gate(i) * self.activation(c)
            return self.gate(o) * self.activation(cell), cell
        if self.kind == "gru":
            product = seen @ recurrent
            if self.bias is not None:
                product = product + self.bias[1]
            update = self.gate(z[:, :units] + product[:, :units])
            reset = self.gate(z[:, units : 2 * units] + product[:, units : 2 * units])
            fresh = self.activation(z[:, 2 * units :] + reset * product[:, 2 * units :])
        else:
            product = seen @ recurrent[:, : 2 * units]
            update = self.gate(z[:, :units] + product[:, :units])
            reset = self.gate(z[:, units : 2 * units] + product[:, units:])
            fresh = self.activation(z[:, 2 * units :] + (reset * seen) @ recurrent[:, 2 * units :])
        return fresh + update * (hidden - fresh), cell`,

  Bidirectional: `class Bidirectional(nn.Module):
    """Two recurrent layers over the same sequence, one in each direction."""

    def __init__(self, forward_cell, backward_cell, merge):
        super().__init__()
        self.forward_cell, self.backward_cell, self.merge = forward_cell, backward_cell, merge

    def forward(self, x):
        one, other = self.forward_cell(x), self.backward_cell(x)
        if self.forward_cell.sequences:
            other = other.flip(1)
        return self.merge(one, other)`,

  Attention: `class Attention(nn.Module):
    """Attention with several heads: queries, values and keys are [batch, steps, features]."""

    def __init__(self, heads, query, key, value, output, causal, dropout):
        super().__init__()
        self.query, self.key, self.value, self.output = query, key, value, output
        self.heads, self.causal, self.dropout = heads, causal, dropout

    def split(self, x):
        return x.unflatten(2, (self.heads, -1)).transpose(1, 2)

    def forward(self, query, value=None, key=None):
        value = query if value is None else value
        key = value if key is None else key
        mixed = F.scaled_dot_product_attention(
            self.split(self.query(query)),
            self.split(self.key(key)),
            self.split(self.value(value)),
            dropout_p=self.dropout if self.training else 0.0,
            is_causal=self.causal,
        )
        return self.output(mixed.transpose(1, 2).flatten(2))`,

  average_pool: `def average_pool(pool, x, pads, size, stride):
    """The mean of what each window sees of the input; x is [batch, channels, ...]. Places around it do not count."""
    counts = pool(F.pad(torch.ones_like(x[:1, :1]), pads), size, stride)
    return pool(F.pad(x, pads), size, stride) / counts`,

  spatial_dropout: `def spatial_dropout(x, rate, training):
    """Leaves out whole features of an example."""
    mask = x.new_ones(x.shape[0], *[1] * (x.dim() - 2), x.shape[-1])
    return x * F.dropout(mask, rate, training)`,

  unit_length: `def unit_length(x):
    return x / x.square().sum(-1, keepdim=True).clamp(min=1e-12).sqrt()`,
};
