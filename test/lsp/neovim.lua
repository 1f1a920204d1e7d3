-- Drives the server from a headless Neovim as its user would, and prints what is seen; run by neovim.test.ts.
local program, file = vim.env.LINT_PROGRAM, vim.env.LINT_FILE
local function say(...)
  io.stdout:write(table.concat({ ... }, " ") .. "\n")
end
local function finish(message)
  if message then say("failed:", message) end
  vim.cmd(message and "cquit!" or "qall!")
end

vim.cmd("edit " .. file)
local buffer = vim.api.nvim_get_current_buf()
local client = vim.lsp.start_client({ name = "tappaas-lint", cmd = { vim.env.LINT_NODE, program, "lsp" }, root_dir = vim.fn.fnamemodify(file, ":h"), flags = { debounce_text_changes = 0 } })
if not client then finish("the server does not start") end
vim.lsp.buf_attach_client(buffer, client)

local function count(rule)
  local found = 0
  for _, diagnostic in ipairs(vim.diagnostic.get(buffer)) do
    if diagnostic.code == rule or (diagnostic.user_data and diagnostic.user_data.lsp and diagnostic.user_data.lsp.code == rule) then found = found + 1 end
  end
  return found
end
local function await(what, condition)
  if not vim.wait(20000, condition, 10) then finish("no " .. what) end
  say("seen:", what)
end
local function line_of(text)
  for index, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
    if line:find(text, 1, true) then return index end
  end
  finish("there is no line " .. text)
end
local function replace(from, to)
  local line = line_of(from)
  local text = vim.api.nvim_buf_get_lines(buffer, line - 1, line, false)[1]
  local start = text:find(from, 1, true)
  vim.api.nvim_buf_set_text(buffer, line - 1, start - 1, line - 1, start - 1 + #from, { to })
end

await("the module's own finding", function() return count("firewall-enabled") == 1 end)
if count("grow-partition") ~= 0 then finish("a finding that should not be there") end
replace("growPartition = true", "growPartition = false")
await("a violation that was typed", function() return count("grow-partition") == 1 end)
replace("growPartition = false", "growPartition = true")
await("it gone again", function() return count("grow-partition") == 0 end)
finish()
