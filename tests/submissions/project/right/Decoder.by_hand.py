# The cell and the softmax by hand; exponentials times the mask, then divided by their sum.
class Decoder(nn.Module):
    def __init__(self, V, D, H):
        super().__init__()
        self.embedding = nn.Embedding(V, D)
        self.query = nn.Linear(H, 2 * H, bias=False)
        self.cell = nn.GRUCell(D + 2 * H, H)
        self.readout = nn.Linear(3 * H, V)

    def forward(self, w_prev, h_prev, states, mask):
        q = h_prev @ self.query.weight.T
        a = (states * q.unsqueeze(1)).sum(-1)
        exps = torch.exp(a - a.amax(dim=1, keepdim=True)) * mask
        alpha = exps / exps.sum(dim=1, keepdim=True)
        context = (alpha.unsqueeze(-1) * states).sum(1)
        x = torch.cat([nn.functional.embedding(w_prev, self.embedding.weight), context], dim=-1)
        x_r, x_z, x_n = nn.functional.linear(x, self.cell.weight_ih, self.cell.bias_ih).split(h_prev.shape[1], dim=1)
        h_r, h_z, h_n = nn.functional.linear(h_prev, self.cell.weight_hh, self.cell.bias_hh).split(h_prev.shape[1], dim=1)
        n = torch.tanh(x_n + torch.sigmoid(x_r + h_r) * h_n)
        h = n + torch.sigmoid(x_z + h_z) * (h_prev - n)
        W_h, W_c = self.readout.weight.split([h.shape[1], context.shape[1]], dim=1)
        return h @ W_h.T + context @ W_c.T + self.readout.bias, h
