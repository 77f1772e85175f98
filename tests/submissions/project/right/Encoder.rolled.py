# Two passes over the padded batch: as it is for the forward half, turned within each length for the backward half.
class Encoder(nn.Module):
    def __init__(self, V, D, H):
        super().__init__()
        self.embedding = nn.Embedding(V, D)
        self.rnn = nn.GRU(D, H, batch_first=True, bidirectional=True)
        self.bridge = nn.Linear(2 * H, H)

    def forward(self, x, lengths):
        B, T = x.shape
        H = self.rnn.hidden_size
        time = torch.arange(T).expand(B, T)
        letters = time < lengths[:, None]
        turned = torch.where(letters, lengths[:, None] - 1 - time, time)
        forward = self.half(self.embedding(x), "")
        backward = self.half(self.embedding(x.gather(1, turned)), "_reverse").gather(1, turned[..., None].expand(B, T, H))
        states = torch.cat([forward, backward], dim=2) * letters[..., None]
        ends = torch.cat([states[torch.arange(B), lengths - 1, :H], states[:, 0, H:]], dim=1)
        return states, torch.tanh(self.bridge(ends))

    def half(self, e, suffix):
        names = ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"]
        one = nn.GRU(self.rnn.input_size, self.rnn.hidden_size, batch_first=True, dtype=e.dtype)
        return torch.func.functional_call(one, {name: getattr(self.rnn, name + suffix) for name in names}, (e,))[0]
